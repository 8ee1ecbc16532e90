import { randomInt } from 'node:crypto';
import { createServer, type Server } from 'node:net';

/** Below those that systems give to connections: one of them could take such a port before its server starts. */
const [first, last] = [12_000, 29_999];

/** A server on a port of the loopback that nobody has. */
async function listen(): Promise<{ readonly port: number; readonly server: Server }> {
  for (let left = 100; ; left--) {
    const port = randomInt(first, last + 1);
    const server = createServer();
    const taken = await new Promise<Error | undefined>((resolve) => {
      server.once('error', resolve);
      server.listen(port, '127.0.0.1', () => resolve(undefined));
    });
    if (taken === undefined) return { port, server };
    if (left === 0) throw taken;
  }
}

function close(server: Server): Promise<void> {
  return new Promise((resolve, reject) => {
    server.close((error) => (error === undefined ? resolve() : reject(error)));
  });
}

/** Ports of the loopback that were free a moment ago, all different: they are held open together before any is given back. */
export async function freePorts(count: number): Promise<readonly number[]> {
  const held = await Promise.all(Array.from({ length: count }, listen));
  await Promise.all(held.map(({ server }) => close(server)));
  return held.map(({ port }) => port);
}

/** One free port of the loopback. */
export async function freePort(): Promise<number> {
  const [port] = await freePorts(1);
  if (port === undefined) throw new Error('the system gave no free port');
  return port;
}
