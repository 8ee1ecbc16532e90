import { type AddressInfo, createServer } from 'node:net';
import { describe, expect, it } from '@jest/globals';
import { clientFor } from '../../lib/kafka';
import { freePort } from '../support/kafka/ports';

const told = async (...bootstrapServers: string[]): Promise<{ name: string; reason: string; message: string }> => {
  const client = clientFor({ bootstrapServers, connectTimeoutMs: 1500 });
  return client.cluster().then(
    () => {
      throw new Error('somebody answered');
    },
    (failure) => failure,
  );
};

describe('a client that reaches nobody', () => {
  it('names every address and what went wrong there', async () => {
    const [first, second] = [await freePort(), await freePort()];
    const failure = await told(`127.0.0.1:${first}`, `127.0.0.1:${second}`);
    expect(failure).toMatchObject({ name: 'ClusterFailure', reason: 'unreachable' });
    for (const port of [first, second]) expect(failure.message).toContain(`no broker answers at 127.0.0.1:${port}: connect ECONNREFUSED`);
    expect(failure.message).not.toContain('KafkaJS');
  });

  it('says that a name has no address', async () => {
    // A label of 64 letters is refused without asking a name server, which may take its time.
    const name = `${'x'.repeat(64)}.invalid`;
    expect((await told(`${name}:9092`)).message).toMatch(new RegExp(`${name}:9092.*(ENOTFOUND|EAI_AGAIN)`));
  });

  it('says what an address looks like', async () => {
    expect((await told('kafka')).message).toBe('"kafka" is no address; write <host>:<port>');
  });

  it('guesses why somebody hangs up', async () => {
    const server = createServer((socket) => socket.destroy());
    await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
    const { port } = server.address() as AddressInfo;
    const failure = await told(`127.0.0.1:${port}`);
    server.close();
    expect(failure.reason).toBe('unreachable');
    expect(failure.message).toMatch(/closed the connection before it answered|ECONNRESET/);
  });
});
