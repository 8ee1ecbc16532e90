import { execFile } from 'node:child_process';
import { writeFileSync } from 'node:fs';
import { type AddressInfo, createServer, type Server } from 'node:net';
import { join } from 'node:path';
import { promisify } from 'node:util';
import { afterEach, describe, expect, it } from '@jest/globals';
import { kafkaProbes, zookeeperProbeScript } from '../../lib/runtime/probes';
import { temporaryFolders } from '../support/temporary-folder';

const run = promisify(execFile);

describe('the probe script of ZooKeeper', () => {
  const temporaryFolder = temporaryFolders();
  const servers: Server[] = [];
  afterEach(() => {
    for (const server of servers.splice(0)) server.close();
  });

  /** Something that answers the four-letter words as a server would. */
  async function listening(answers: Readonly<Record<string, string>>): Promise<number> {
    const server = createServer((socket) => {
      socket.on('error', () => undefined);
      socket.once('data', (question) => socket.end(answers[question.toString().trim()] ?? ''));
    });
    servers.push(server);
    await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
    return (server.address() as AddressInfo).port;
  }

  async function ask(port: number, question: string): Promise<number> {
    const file = join(temporaryFolder('probe'), 'probe.sh');
    writeFileSync(file, zookeeperProbeScript(port).content);
    return run('sh', [file, question]).then(
      () => 0,
      (error: { code: number }) => error.code,
    );
  }

  it('finds a server that serves alive and ready', async () => {
    const port = await listening({
      ruok: 'imok',
      srvr: 'Zookeeper version: 3.8.4\nLatency min/avg/max: 0/0/0\nMode: follower\nNode count: 5\n',
    });
    expect([await ask(port, 'live'), await ask(port, 'ready')]).toEqual([0, 0]);
  });

  it('finds a server outside its quorum alive and not ready', async () => {
    const port = await listening({ ruok: 'imok', srvr: 'This ZooKeeper instance is not currently serving requests\n' });
    expect([await ask(port, 'live'), await ask(port, 'ready')]).toEqual([0, 1]);
  });

  it('finds a server that is not there neither', async () => {
    const port = await listening({});
    const [server] = servers.splice(0);
    await new Promise((resolve) => server?.close(resolve));
    expect(await ask(port, 'live')).not.toBe(0);
    expect(await ask(port, 'ready')).not.toBe(0);
  });

  it('refuses a question that it does not know', async () => {
    expect(await ask(1, 'well')).toBe(2);
  });
});

describe("Kafka's probes", () => {
  it('give the JVM minutes to start, and never wait for the recovery of logs', () => {
    const { startup } = kafkaProbes(7072);
    expect(startup.periodSeconds * startup.failureThreshold).toBeGreaterThanOrEqual(300);
    expect(startup.check).toEqual({ kind: 'http', port: 7072, path: '/live' });
  });
});
