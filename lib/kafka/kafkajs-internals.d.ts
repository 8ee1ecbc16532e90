/** The parts of kafkajs 2.2.4 that are used beneath its public interface, as far as they are used. Pinned exactly for that reason. */
declare module 'kafkajs/src/network/connectionPool.js' {
  import type { ProtocolRequest } from 'kafkajs/src/network/connection.js';

  interface Connection {
    send: (request: ProtocolRequest) => Promise<unknown>;
  }
  class ConnectionPool {
    constructor(options: Readonly<Record<string, unknown>>);
    readonly pool: Connection[];
    /** The first one, connected. */
    getConnection(): Promise<Connection>;
  }
  export = ConnectionPool;
}

declare module 'kafkajs/src/network/connection.js' {
  export interface ProtocolRequest {
    readonly request: {
      readonly apiKey: number;
      readonly apiVersion: number;
      readonly apiName: string;
      readonly encode: () => Promise<{ readonly buf: Buffer; readonly buffer: Buffer }>;
    };
    readonly response: {
      readonly decode: (payload: Buffer) => Promise<unknown>;
      readonly parse: (decoded: never) => Promise<unknown>;
    };
    readonly requestTimeout?: number;
    readonly logResponseError?: boolean;
  }
}

declare module 'kafkajs/src/loggers/index.js' {
  export const LEVELS: Readonly<Record<'NOTHING' | 'ERROR' | 'WARN' | 'INFO' | 'DEBUG', number>>;
  export function createLogger(options: {
    readonly level: number;
    readonly logCreator: () => (entry: {
      readonly namespace: string;
      readonly label: string;
      readonly log: { readonly message: string };
    }) => void;
  }): unknown;
}

declare module 'kafkajs/src/broker/index.js' {
  import type ConnectionPool = require('kafkajs/src/network/connectionPool.js');

  class Broker {
    constructor(options: {
      readonly connectionPool: ConnectionPool;
      readonly logger: unknown;
      readonly authenticationTimeout: number;
      readonly allowAutoTopicCreation: boolean;
    });
    readonly versions: Readonly<Record<number, { readonly minVersion: number; readonly maxVersion: number } | undefined>> | null;
    /** And logged in, where that is asked for. */
    isConnected(): boolean;
    connect(): Promise<void>;
    disconnect(): Promise<void>;
  }
  export = Broker;
}
