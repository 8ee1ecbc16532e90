import type Broker = require('kafkajs/src/broker/index.js');
import type ConnectionPool = require('kafkajs/src/network/connectionPool.js');

import type { ProtocolRequest } from 'kafkajs/src/network/connection.js';
import { ClusterFailure, type Connection, type LogHook } from './admin';
import { connectFailure, Unanswered } from './failure';
import { type Protocol, Reader, Writer } from './protocol/wire';
import { openSocket } from './socket';

export const defaultRequestTimeoutMs = 30_000;
export const defaultConnectTimeoutMs = 10_000;

export interface LinkOptions {
  readonly connection: Connection;
  readonly log: LogHook;
  /** Called for each request, those of logging in included. */
  readonly onRequest: () => void;
}

/** A connection to one broker that logs in by itself and comes back after it was lost. */
export class Link {
  #answered = false;

  private constructor(
    readonly address: string,
    /** kafkajs' own broker, which asks for the versions of requests and logs in. */
    private readonly broker: Broker,
    private readonly pool: ConnectionPool,
  ) {}

  static to(host: string, port: number, { connection, log, onRequest }: LinkOptions): Link {
    // Not by `import()`, which reads the text of each module once more to find out what it exports.
    const KafkajsPool = require('kafkajs/src/network/connectionPool.js') as typeof import('kafkajs/src/network/connectionPool.js');
    const KafkajsBroker = require('kafkajs/src/broker/index.js') as typeof import('kafkajs/src/broker/index.js');
    const { createLogger, LEVELS } = require('kafkajs/src/loggers/index.js') as typeof import('kafkajs/src/loggers/index.js');
    const logger = createLogger({
      level: LEVELS.WARN,
      logCreator: () => (entry) => log(`${entry.label} ${entry.namespace}: ${entry.log.message}`),
    });
    const { tls, scram } = connection;
    const pool = new KafkajsPool({
      host,
      port,
      logger,
      socketFactory: openSocket,
      clientId: connection.clientId ?? 'kafkon',
      connectionTimeout: connection.connectTimeoutMs ?? defaultConnectTimeoutMs,
      requestTimeout: connection.requestTimeoutMs ?? defaultRequestTimeoutMs,
      ssl: tls === undefined ? null : tlsOptions(tls),
      sasl: scram === undefined ? null : { mechanism: scram.mechanism, username: scram.user, password: scram.password },
    });
    for (const each of pool.pool) {
      const send = each.send.bind(each);
      each.send = (request) => {
        onRequest();
        return send(request);
      };
    }
    const broker = new KafkajsBroker({
      connectionPool: pool,
      logger,
      authenticationTimeout: defaultConnectTimeoutMs,
      allowAutoTopicCreation: false,
    });
    return new Link(`${host}:${port}`, broker, pool);
  }

  /** @throws ClusterFailure */
  async connect(): Promise<void> {
    if (this.broker.versions !== null && this.broker.isConnected()) return;
    try {
      await this.broker.connect();
    } catch (caught) {
      await this.disconnect();
      throw connectFailure(this.address, caught);
    }
  }

  /** Whether the broker, once connected, knows this version of the request. */
  supports({ apiKey, version }: Pick<Protocol<unknown, unknown>, 'apiKey' | 'version'>): boolean {
    const range = this.broker.versions?.[apiKey];
    return range !== undefined && range.minVersion <= version && version <= range.maxVersion;
  }

  /** @throws ClusterFailure when the broker does not know the request; Unanswered when it was lost on the way */
  async send<Body, Answer>(protocol: Protocol<Body, Answer>, body: Body, timeoutMs?: number): Promise<Answer> {
    if (!this.supports(protocol))
      throw new ClusterFailure(
        'unsupported',
        `${this.address} does not know ${protocol.name} ${protocol.version}, which needs another Kafka`,
      );
    return this.answered(protocol.name, async () => {
      // Always this one: the pool would open a second connection for records that are fetched, for those who wait for them.
      const connection = await this.pool.getConnection();
      return (await connection.send(requestOf(protocol, body, timeoutMs))) as Answer;
    });
  }

  /** Runs a request; a lost or late answer becomes `Unanswered`, and the connection is dropped, so that a late one can't confuse. */
  private async answered<Answer>(name: string, request: () => Promise<Answer>): Promise<Answer> {
    try {
      const answer = await request();
      this.#answered = true;
      return answer;
    } catch (caught) {
      const { name: kind, message } = caught as Error;
      if (kind === 'KafkaJSRequestTimeoutError') {
        await this.disconnect();
        throw new Unanswered('timed-out', `${this.address} did not answer ${name} in time`);
      }
      if (kind === 'KafkaJSConnectionError' || kind === 'KafkaJSConnectionClosedError') {
        await this.disconnect();
        const text = `the connection to ${this.address} was lost before ${name} was answered: ${message}`;
        throw new Unanswered('unreachable', text, !this.#answered);
      }
      throw caught;
    }
  }

  async disconnect(): Promise<void> {
    await this.broker.disconnect().catch(() => undefined);
  }
}

function tlsOptions({ ca, certificate, key, serverName }: NonNullable<Connection['tls']>): Readonly<Record<string, unknown>> {
  return {
    ...(ca === undefined ? {} : { ca: [ca] }),
    ...(certificate === undefined ? {} : { cert: certificate }),
    ...(key === undefined ? {} : { key }),
    ...(serverName === undefined ? {} : { servername: serverName }),
  };
}

function requestOf<Body, Answer>(protocol: Protocol<Body, Answer>, body: Body, timeoutMs: number | undefined): ProtocolRequest {
  const { apiKey, version, name, flexible } = protocol;
  return {
    request: {
      apiKey,
      apiVersion: version,
      apiName: name,
      encode: async () => {
        const writer = new Writer(flexible);
        // The header of a flexible request ends with tagged fields of its own, which kafkajs does not write.
        writer.end();
        protocol.write(writer, body);
        return { buf: writer.written, buffer: writer.written };
      },
    },
    response: {
      decode: async (payload) => {
        const reader = new Reader(payload, flexible);
        reader.end(undefined);
        return { answer: protocol.read(reader), clientSideThrottleTime: 0 };
      },
      parse: async ({ answer }: { readonly answer: Answer }) => answer,
    },
    ...(timeoutMs === undefined ? {} : { requestTimeout: timeoutMs }),
    logResponseError: false,
  };
}
