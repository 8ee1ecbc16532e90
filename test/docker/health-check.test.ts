import { execFile } from 'node:child_process';
import { mkdirSync, symlinkSync, writeFileSync } from 'node:fs';
import { createServer, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { healthCheckOf } from '../../lib/docker/health-check';
import type { Process } from '../../lib/runtime';
import { fakeProcess } from '../kubernetes/fake-process';
import { evaluated } from '../support/docker/terraform';
import { temporaryFolders } from '../support/temporary-folder';

let server: Server;
let port: number;
const folder = temporaryFolders()('health-check');

beforeAll(async () => {
  server = createServer((request, response) => {
    response.statusCode = request.url === '/ready' ? 200 : 503;
    response.end('no matter\n');
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  port = (server.address() as AddressInfo).port;
});
afterAll(() => new Promise((resolve) => server.close(resolve)));

function probe(check: NonNullable<Process['readiness']>['check']): Process {
  return fakeProcess(1, { readiness: { check, periodSeconds: 10, timeoutSeconds: 5, failureThreshold: 3 } });
}

/** The exit code of a health check where these programs are and no others. */
function exitCode(process: Process, path: string): Promise<number> {
  const [, , , script = ''] = healthCheckOf(process)?.test.map(evaluated) ?? [];
  return new Promise((resolve) => {
    execFile('/bin/sh', ['-c', script], { env: { PATH: path } }, (error) => resolve(error === null ? 0 : Number(error.code)));
  });
}

/** A folder with links to programs of the machine, and scripts. */
function programs(name: string, links: readonly string[], scripts: Readonly<Record<string, string>> = {}): string {
  const path = join(folder, name);
  mkdirSync(path);
  for (const link of links) symlinkSync(link, join(path, link.slice(link.lastIndexOf('/') + 1)));
  for (const [script, text] of Object.entries(scripts)) writeFileSync(join(path, script), text, { mode: 0o755 });
  return path;
}

describe('the health check', () => {
  it('is what makes a process ready, in time for its start', () => {
    const check = healthCheckOf(fakeProcess(1));
    expect(check).toMatchObject({ interval: '10s', timeout: '5s', startPeriod: '30m0s', retries: 3 });
    expect(check?.test.slice(0, 3)).toEqual(['CMD', 'sh', '-c']);
  });

  it('is a command as it is', () => {
    expect(healthCheckOf(probe({ kind: 'command', command: ['redis-cli', 'ping'] }))?.test).toEqual(['CMD', 'redis-cli', 'ping']);
  });

  it('is none for a process that nobody can ask', () => {
    const { readiness: _, liveness: __, ...silent } = fakeProcess(1);
    expect(healthCheckOf(silent)).toBeUndefined();
  });

  it('asks over HTTP with bash alone', async () => {
    const path = programs('bash', ['/bin/bash']);
    expect(await exitCode(probe({ kind: 'http', port, path: '/ready' }), path)).toBe(0);
    expect(await exitCode(probe({ kind: 'http', port, path: '/broken' }), path)).not.toBe(0);
    expect(await exitCode(probe({ kind: 'http', port: 1, path: '/ready' }), path)).not.toBe(0);
  });

  it('believes curl and wget', async () => {
    const yes = programs('yes', [], { curl: '#!/bin/sh\nexit 0\n' });
    const no = programs('no', [], { wget: '#!/bin/sh\nexit 1\n' });
    expect(await exitCode(probe({ kind: 'http', port: 1, path: '/ready' }), yes)).toBe(0);
    expect(await exitCode(probe({ kind: 'http', port, path: '/ready' }), no)).toBe(1);
  });

  it('does not believe a wget that a signal ended', async () => {
    const crashing = programs('crashing', ['/bin/bash'], { wget: '#!/bin/sh\nkill -SEGV $$\n' });
    expect(await exitCode(probe({ kind: 'http', port, path: '/ready' }), crashing)).toBe(0);
    expect(await exitCode(probe({ kind: 'http', port, path: '/broken' }), crashing)).not.toBe(0);
  });

  it('knocks at a port with bash alone', async () => {
    const path = programs('knock', ['/bin/bash']);
    expect(await exitCode(probe({ kind: 'tcp', port }), path)).toBe(0);
    expect(await exitCode(probe({ kind: 'tcp', port: 1 }), path)).not.toBe(0);
  });
});
