import { type AddressInfo, connect, createServer, type Socket } from 'node:net';
import { Frames } from '../../test/support/kafka/frames';

/** Stands between clients and one broker, and counts the requests that pass by the key of their API. */
export interface CountingProxy {
  readonly address: string;
  /** By API key, since the last call; the handshakes of connections (ApiVersions) apart. */
  take(): { readonly requests: number; readonly handshakes: number; readonly connections: number };
  close(): Promise<void>;
}

const apiVersions = 18;

/**
 * A request begins with the API key, behind its length. The broker tells clients its own address, so
 * the answer to Metadata has to name the proxy's instead: both addresses are 127.0.0.1 and only the port, four bytes, differs.
 */
export async function countingProxy(target: string): Promise<CountingProxy> {
  const [host = '', targetPort = '0'] = target.split(':');
  const sockets = new Set<Socket>();
  let counts = new Map<number, number>();
  let connections = 0;
  const server = createServer((client) => {
    connections++;
    const broker = connect(Number(targetPort), host);
    for (const [socket, other] of [
      [client, broker],
      [broker, client],
    ] as const) {
      sockets.add(socket);
      socket.on('error', () => other.destroy());
      socket.on('close', () => {
        sockets.delete(socket);
        other.destroy();
      });
    }
    const seen = new Frames((frame) => {
      const key = frame.readInt16BE(4);
      counts.set(key, (counts.get(key) ?? 0) + 1);
    });
    client.on('data', (data: Buffer) => {
      seen.take(data);
      broker.write(data);
    });
    const { port } = server.address() as AddressInfo;
    const own = redirect(host, Number(targetPort), port);
    const answers = new Frames((frame) => client.write(own(frame)));
    broker.on('data', (data: Buffer) => answers.take(data));
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  return {
    address: `127.0.0.1:${(server.address() as AddressInfo).port}`,
    take: () => {
      const handshakes = counts.get(apiVersions) ?? 0;
      const requests = [...counts.values()].reduce((sum, count) => sum + count, 0) - handshakes;
      const taken = { requests, handshakes, connections };
      counts = new Map();
      connections = 0;
      return taken;
    },
    close: async () => {
      for (const socket of sockets) socket.destroy();
      await new Promise((resolve) => server.close(resolve));
    },
  };
}

/** Puts another port behind every mention of the broker's address. */
function redirect(host: string, from: number, to: number): (frame: Buffer) => Buffer {
  const name = Buffer.from(host);
  const mention = Buffer.alloc(name.length + 4);
  name.copy(mention);
  mention.writeInt32BE(from, name.length);
  return (frame) => {
    for (let at = frame.indexOf(mention); at !== -1; at = frame.indexOf(mention, at + 1)) frame.writeInt32BE(to, at + name.length);
    return frame;
  };
}
