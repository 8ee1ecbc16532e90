import { type AddressInfo, connect, createServer, type Server, type Socket } from 'node:net';
import { Frames } from './frames';

/** Where the connection is cut. */
export interface Cut {
  /** Of all requests since the last `begin`, over all connections, from 0. */
  readonly index: number;
  /** `request`: the broker never gets it; `answer`: it does, and the client does not learn what became of it. */
  readonly side: 'request' | 'answer';
  /** `once`: the next connection is let through; `dead`: nobody is, until the next `begin`. */
  readonly after: 'once' | 'dead';
}

/** Stand between clients and the brokers of a cluster, understand Kafka's framing, count the requests, and cut at one of them. */
export class RequestProxies {
  private readonly sockets = new Set<Socket>();
  private readonly servers: Server[] = [];
  private cut: Cut | undefined;
  private count = 0;
  private dead = false;
  private happened = false;

  private constructor(readonly addresses: readonly string[]) {}

  /** One before each broker, in their order. */
  static async before(targets: readonly string[]): Promise<RequestProxies> {
    const servers = await Promise.all(
      targets.map(
        () =>
          new Promise<Server>((resolve) => {
            const server = createServer().listen(0, '127.0.0.1', () => resolve(server));
          }),
      ),
    );
    const proxies = new RequestProxies(servers.map((server) => `127.0.0.1:${(server.address() as AddressInfo).port}`));
    proxies.servers.push(...servers);
    for (const [index, server] of servers.entries()) {
      const [host = '', port = ''] = (targets[index] ?? '').split(':');
      server.on('connection', (client) => proxies.join(client, host, Number(port)));
    }
    return proxies;
  }

  /** Counts from 0 again, lets everybody through, and cuts once where it is told to. */
  begin(cut?: Cut): void {
    this.cut = cut;
    this.count = 0;
    this.dead = false;
    this.happened = false;
  }

  /** Whether the cut has come. */
  get hasCut(): boolean {
    return this.happened;
  }

  get requests(): number {
    return this.count;
  }

  async close(): Promise<void> {
    for (const socket of this.sockets) socket.destroy();
    await Promise.all(this.servers.map((server) => new Promise((resolve) => server.close(resolve))));
  }

  private join(client: Socket, host: string, port: number): void {
    if (this.dead) {
      client.destroy();
      return;
    }
    const broker = connect(port, host);
    for (const [socket, other] of [
      [client, broker],
      [broker, client],
    ] as const) {
      this.sockets.add(socket);
      socket.setNoDelay(true);
      socket.on('error', () => other.destroy());
      socket.on('close', () => {
        this.sockets.delete(socket);
        other.destroy();
      });
    }
    // The answer with this correlation id is the one to lose.
    let lost: number | undefined;
    const requests = new Frames((frame) => {
      const index = this.count++;
      if (this.cut?.index !== index || this.happened) broker.write(frame);
      else if (this.cut.side === 'request') this.strike(client, broker);
      else {
        lost = frame.readInt32BE(8);
        broker.write(frame);
      }
    });
    const answers = new Frames((frame) => {
      if (frame.readInt32BE(4) === lost) this.strike(client, broker);
      else client.write(frame);
    });
    client.on('data', (data) => requests.take(data));
    broker.on('data', (data) => answers.take(data));
  }

  private strike(...connection: readonly Socket[]): void {
    this.happened = true;
    this.dead = this.cut?.after === 'dead';
    for (const socket of this.dead ? this.sockets : connection) socket.destroy();
  }
}
