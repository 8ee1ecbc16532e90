import { readFileSync, writeFileSync } from 'node:fs';
import { createServer, type IncomingMessage, type Server } from 'node:http';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { engineAddress, frameReader, type LifecycleError, nodeEngine } from '../../lib/lifecycle';
import { sshWords } from '../../lib/lifecycle/node-ssh-agent';
import { temporaryFolders } from '../support/temporary-folder';

/** A frame as the engine sends it for a container without a terminal. */
function frame(stream: number, text: string): Buffer {
  const header = Buffer.alloc(8);
  header[0] = stream;
  header.writeUInt32BE(Buffer.byteLength(text), 4);
  return Buffer.concat([header, Buffer.from(text)]);
}

describe('the logs of a container', () => {
  it('are whole lines of each stream, however the bytes are parted', () => {
    const bytes = Buffer.concat([frame(1, 'one\ntw'), frame(2, 'error\r\n'), frame(1, 'o\nlast')]);
    for (const size of [1, 3, 7, bytes.length]) {
      const lines: string[] = [];
      const read = frameReader((line) => lines.push(line));
      for (let at = 0; at < bytes.length; at += size) read(bytes.subarray(at, at + size));
      read();
      expect(lines).toEqual(['one', 'error', 'two', 'last']);
    }
  });
});

describe('where an engine is', () => {
  it('is said by DOCKER_HOST, as Docker reads it', () => {
    expect(engineAddress({})).toMatchObject({ socketPath: '/var/run/docker.sock' });
    expect(engineAddress({ DOCKER_HOST: 'unix:///run/user/1000/docker.sock' })).toMatchObject({ socketPath: '/run/user/1000/docker.sock' });
    expect(engineAddress({ DOCKER_HOST: 'tcp://10.0.0.1' })).toEqual({ text: 'tcp://10.0.0.1', host: '10.0.0.1', port: 2375 });
    expect(engineAddress({ DOCKER_HOST: 'tcp://10.0.0.1:2376', DOCKER_TLS_VERIFY: '1', DOCKER_CERT_PATH: '/certs' })).toMatchObject({
      port: 2376,
      certificates: '/certs',
    });
  });

  it.each(['ftp://somewhere', 'ssh://', 'ssh://me:word@somewhere', 'ssh://somewhere/run/a;b', 'somewhere'])(
    'cannot be %s, and no password is repeated',
    (DOCKER_HOST) => {
      const message = (() => {
        try {
          return String(engineAddress({ DOCKER_HOST }));
        } catch (error) {
          return (error as Error).message;
        }
      })();
      expect(message).toContain('write unix:///path, tcp://host:port or ssh://user@host, without a password');
      expect(message).not.toContain('word@');
    },
  );

  it('may be reached by SSH, with the words that Docker itself uses', () => {
    expect(sshWords({ host: 'build', user: 'me', port: 2222, socket: '/run/user/1000/docker.sock' }).join(' ')).toBe(
      '-l me -p 2222 -o ConnectTimeout=30 -T -- build docker --host unix:///run/user/1000/docker.sock system dial-stdio',
    );
    expect(sshWords({ host: '-oProxyCommand=x' }).slice(-5)).toEqual(['--', '-oProxyCommand=x', 'docker', 'system', 'dial-stdio']);
  });
});

describe('an engine', () => {
  const newFolder = temporaryFolders();
  const asked: string[] = [];
  let server: Server;
  let socketPath = '';
  const answers: Record<string, [number, unknown]> = {
    'GET /v1.41/containers/kafka-1/json': [
      200,
      {
        Id: 'abc',
        Name: '/kafka-1',
        RestartCount: 3,
        State: {
          Status: 'running',
          ExitCode: 0,
          StartedAt: '2026-11-21T11:00:00Z',
          Health: { Status: 'healthy', Log: [{ Output: 'old' }, { Output: 'new\n' }] },
        },
        Config: { Image: 'sha256:1', Labels: { a: 'b' }, Healthcheck: { Test: ['CMD', 'sh', 'probe.sh'] } },
        NetworkSettings: { Ports: { '9092/tcp': [{ HostPort: '19092' }, { HostPort: '19092' }], '9101/tcp': null } },
      },
    ],
    'GET /v1.41/containers/gone/json': [404, { message: 'No such container: gone' }],
    'POST /v1.41/containers/kafka-1/start': [304, ''],
    'POST /v1.41/containers/kafka-2/start': [500, { message: 'port is already allocated' }],
    'GET /v1.41/distribution/a/b:1/json': [403, { message: 'denied' }],
    'POST /v1.41/images/create?fromImage=a%2Fb%3A1': [200, '{"status":"Pulling"}\n{"error":"no space"}\n'],
    'GET /v1.41/containers/kafka-1/stats?stream=false&one-shot=true': [
      200,
      { memory_stats: { usage: 300, stats: { total_inactive_file: 100 } } },
    ],
  };

  beforeAll(async () => {
    socketPath = join(newFolder('engine'), 'docker.sock');
    server = createServer((request: IncomingMessage, response) => {
      const question = `${request.method} ${request.url}`;
      asked.push(question);
      if (question.startsWith('POST /v1.41/exec/stuck/')) return;
      const [status, body] = answers[question] ?? [404, { message: `nothing at ${question}` }];
      response.writeHead(status).end(typeof body === 'string' ? body : JSON.stringify(body));
    });
    await new Promise<void>((resolve) => server.listen(socketPath, resolve));
  });
  afterAll(() => new Promise((resolve) => server.close(resolve)));

  const engine = () => nodeEngine(engineAddress({ DOCKER_HOST: `unix://${socketPath}` }));

  it('tells of a container in our words', async () => {
    expect(await engine().container('kafka-1')).toEqual({
      id: 'abc',
      name: 'kafka-1',
      state: 'running',
      health: 'healthy',
      healthOutput: 'new',
      healthCheck: ['sh', 'probe.sh'],
      exitCode: 0,
      startedAt: new Date('2026-11-21T11:00:00Z'),
      restarts: 3,
      image: 'sha256:1',
      labels: { a: 'b' },
      ports: [{ host: 19_092, container: 9092 }],
    });
    expect(await engine().container('gone')).toBeUndefined();
    expect(await engine().memory('kafka-1')).toBe(200);
  });

  it.each([
    [
      ['CMD-SHELL', 'test -f /tmp/up'],
      ['/bin/sh', '-c', 'test -f /tmp/up'],
    ],
    [['NONE'], []],
    [null, []],
  ])('reads the health check %j of an image', async (test, command) => {
    const [status, known] = answers['GET /v1.41/containers/kafka-1/json'] ?? [];
    answers['GET /v1.41/containers/other/json'] = [
      status ?? 0,
      { ...(known as object), Config: { Image: 'a', Labels: null, Healthcheck: { Test: test } } },
    ];
    expect((await engine().container('other'))?.healthCheck).toEqual(command);
  });

  it('ends the wait for a command that does not end', async () => {
    answers['POST /v1.41/containers/kafka-1/exec'] = [201, { Id: 'stuck' }];
    await expect(engine().run('kafka-1', ['sleep'], { timeoutSeconds: 0.1 })).rejects.toThrow(/abort|timeout/i);
  });

  it('takes a container that runs already for started, and tells why another cannot', async () => {
    await engine().start('kafka-1');
    await expect(engine().start('kafka-2')).rejects.toThrow(
      'the Docker Engine refused POST /containers/kafka-2/start: port is already allocated',
    );
  });

  it('tells why an image cannot be had', async () => {
    expect(await engine().whyNotPullable('a/b:1')).toBe('denied');
    await expect(engine().pullImage('a/b:1')).rejects.toThrow('image a/b:1 could not be pulled: no space');
  });

  it('behind SSH answers the same, through few connections that do not keep the program running', async () => {
    const bin = newFolder('ssh');
    const script = [
      `#!${process.execPath}`,
      "require('node:fs').appendFileSync(process.env.WORDS, process.argv.slice(2).join(' ') + '\\n');",
      "const socket = require('node:net').connect(process.env.SOCKET);",
      'process.stdin.pipe(socket).pipe(process.stdout);',
    ];
    writeFileSync(join(bin, 'ssh'), `${script.join('\n')}\n`, { mode: 0o755 });
    const address = engineAddress({ DOCKER_HOST: 'ssh://me@build', PATH: bin, SOCKET: socketPath, WORDS: join(bin, 'words') });
    const remote = nodeEngine(address);
    const all = await Promise.all(Array.from({ length: 12 }, () => remote.container('kafka-1')));
    expect(new Set(all.map((each) => each?.name))).toEqual(new Set(['kafka-1']));
    expect(await remote.container('gone')).toBeUndefined();
    await expect(remote.start('kafka-2')).rejects.toThrow('port is already allocated');
    const dialled = readFileSync(join(bin, 'words'), 'utf8').trim().split('\n');
    expect(new Set(dialled)).toEqual(new Set(['-l me -o ConnectTimeout=30 -T -- build docker system dial-stdio']));
    expect(dialled.length).toBeLessThanOrEqual(4);
    address.agent?.destroy();
  });

  it('behind SSH that does not let one in says what ssh said', async () => {
    const bin = newFolder('ssh');
    writeFileSync(join(bin, 'ssh'), '#!/bin/sh\necho "me@build: Permission denied (publickey)." >&2\nexit 255\n', { mode: 0o755 });
    await expect(nodeEngine(engineAddress({ DOCKER_HOST: 'ssh://me@build', PATH: `${bin}:/bin` })).info()).rejects.toThrow(
      /no Docker Engine answers at ssh:\/\/me@build \(ssh ended with 255: me@build: Permission denied.*work without a question/,
    );
  });

  it('that does not answer is a problem with a remedy', async () => {
    const failure = await nodeEngine(engineAddress({ DOCKER_HOST: 'unix:///nowhere/docker.sock' }))
      .info()
      .catch((error: LifecycleError) => error);
    expect((failure as LifecycleError).problems).toMatchObject([
      {
        code: 'docker/engine-unreachable',
        message: 'no Docker Engine answers at unix:///nowhere/docker.sock (ENOENT); start Docker, or set DOCKER_HOST',
      },
    ]);
  });
});
