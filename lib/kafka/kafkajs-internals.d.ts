/** The parts of kafkajs 2.2.4 that are used beneath its public interface, as far as they are used. Pinned exactly for that reason. */
declare module 'kafkajs/src/network/connectionPool.js' {
  import type { ProtocolRequest } from 'kafkajs/src/network/connection.js';

  class ConnectionPool {
    constructor(options: Readonly<Record<string, unknown>>);
    readonly pool: { send: (request: ProtocolRequest) => Promise<unknown> }[];
    send(request: ProtocolRequest): Promise<unknown>;
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

declare module 'kafkajs/src/network/socketFactory.js' {
  function socketFactory(): unknown;
  export = socketFactory;
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

  interface Message {
    readonly batchContext: { readonly firstOffset: string; readonly lastOffsetDelta: number };
  }
  interface FetchedPartition {
    readonly highWatermark: string;
    readonly lastStableOffset: string;
    readonly messages: readonly Message[];
  }
  interface Producer {
    readonly transactionalId: string;
    readonly producerId: string;
    readonly producerEpoch: number;
  }

  class Broker {
    constructor(options: {
      readonly connectionPool: ConnectionPool;
      readonly logger: unknown;
      readonly authenticationTimeout: number;
      readonly allowAutoTopicCreation: boolean;
    });
    readonly versions: Readonly<Record<number, { readonly minVersion: number; readonly maxVersion: number } | undefined>> | null;
    isConnected(): boolean;
    connect(): Promise<void>;
    disconnect(): Promise<void>;

    produce(
      request: Partial<Producer> & {
        readonly topicData: readonly {
          readonly topic: string;
          readonly partitions: readonly {
            readonly partition: number;
            readonly firstSequence: number;
            readonly messages: readonly { readonly key: string; readonly value: string | null; readonly timestamp?: number }[];
          }[];
        }[];
        readonly timeout: number;
      },
    ): Promise<unknown>;
    fetch(request: {
      readonly replicaId: number;
      readonly isolationLevel: number;
      readonly maxWaitTime: number;
      readonly minBytes: number;
      readonly maxBytes: number;
      readonly topics: readonly {
        readonly topic: string;
        readonly partitions: readonly { readonly partition: number; readonly fetchOffset: string; readonly maxBytes: number }[];
      }[];
    }): Promise<{ readonly responses: readonly { readonly partitions: readonly FetchedPartition[] }[] }>;
    listOffsets(request: {
      readonly replicaId: number;
      readonly isolationLevel: number;
      readonly topics: readonly {
        readonly topic: string;
        readonly partitions: readonly { readonly partition: number; readonly timestamp: number }[];
      }[];
    }): Promise<{ readonly responses: readonly { readonly partitions: readonly { readonly offset: string }[] }[] }>;
  }
  export = Broker;
}

declare module 'kafkajs/src/consumer/batch.js' {
  class Batch {
    constructor(topic: string, fetchedOffset: string, partition: unknown);
    /** Without control records and what was aborted. */
    readonly messages: readonly { readonly key: Buffer | null; readonly value: Buffer | null }[];
  }
  export = Batch;
}
