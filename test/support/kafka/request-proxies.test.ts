import { type AddressInfo, connect, createServer, type Server } from 'node:net';
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { Frames } from './frames';
import { type Cut, RequestProxies } from './request-proxies';
import { waitFor } from './wait-for';

/** A request of a client: length, two words of header, and its correlation id; the answer has the id alone. */
function request(id: number): Buffer {
  const frame = Buffer.alloc(12);
  frame.writeInt32BE(8, 0);
  frame.writeInt32BE(id, 8);
  return frame;
}

describe('the proxies', () => {
  const seen: number[] = [];
  let broker: Server;
  let proxies: RequestProxies;

  beforeAll(async () => {
    broker = createServer((socket) => {
      const frames = new Frames((frame) => {
        seen.push(frame.readInt32BE(8));
        const answer = Buffer.alloc(8);
        answer.writeInt32BE(4, 0);
        answer.writeInt32BE(frame.readInt32BE(8), 4);
        socket.write(answer);
      });
      socket.on('data', (data) => frames.take(data));
      socket.on('error', () => undefined);
    });
    await new Promise<void>((resolve) => broker.listen(0, '127.0.0.1', resolve));
    proxies = await RequestProxies.before([`127.0.0.1:${(broker.address() as AddressInfo).port}`]);
  });

  afterAll(async () => {
    await proxies.close();
    await new Promise((resolve) => broker.close(resolve));
  });

  /** Sends requests at once, in pieces, and says what was answered until the end or the cut. */
  async function send(ids: readonly number[], cut?: Cut): Promise<readonly number[]> {
    seen.length = 0;
    if (cut !== undefined) proxies.begin(cut);
    const answered: number[] = [];
    const [host = '', port = ''] = (proxies.addresses[0] ?? '').split(':');
    const socket = connect(Number(port), host);
    let closed = false;
    socket.on('close', () => {
      closed = true;
    });
    socket.on('error', () => undefined);
    const frames = new Frames((frame) => answered.push(frame.readInt32BE(4)));
    socket.on('data', (data) => frames.take(data));
    const bytes = Buffer.concat(ids.map(request));
    for (let at = 0; at < bytes.length; at += 5) socket.write(bytes.subarray(at, at + 5));
    await waitFor('all is answered, or cut', async () => closed || answered.length === ids.length);
    socket.destroy();
    return answered;
  }

  it('pass on everything until they are told to cut', async () => {
    proxies.begin();
    expect(await send([7, 8, 9])).toEqual([7, 8, 9]);
    expect([proxies.requests, proxies.hasCut]).toEqual([3, false]);
  });

  it('keep one request from the broker, and let the next connection through', async () => {
    expect(await send([7, 8, 9], { index: 1, side: 'request', after: 'once' })).not.toContain(8);
    expect([seen.includes(8), proxies.hasCut]).toEqual([false, true]);
    expect(await send([8, 9])).toEqual([8, 9]);
  });

  it('keep one answer from the client', async () => {
    expect(await send([7, 8], { index: 1, side: 'answer', after: 'once' })).not.toContain(8);
    expect(seen).toEqual([7, 8]);
  });

  it('let nobody through after a cut for good, until they begin anew', async () => {
    await send([7], { index: 0, side: 'request', after: 'dead' });
    expect(await send([8])).toEqual([]);
    proxies.begin();
    expect(await send([9])).toEqual([9]);
  });
});
