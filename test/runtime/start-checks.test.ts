import { spawnSync } from 'node:child_process';
import { chmodSync, mkdirSync, readdirSync, symlinkSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from '@jest/globals';
import type { SecretFile } from '../../lib/runtime';
import { clusterCheck, secretChecks, spaceCheck } from '../../lib/runtime/start-checks';
import { temporaryFolders } from '../support/temporary-folder';

const newFolder = temporaryFolders();

function run(lines: readonly string[]): { readonly code: number | null; readonly error: string; readonly output: string } {
  const { status, stderr, stdout } = spawnSync('sh', ['-eu'], { input: [...lines, 'echo started', ''].join('\n'), encoding: 'utf8' });
  return { code: status, error: stderr.trim(), output: stdout.trim() };
}

const started = { code: 0, error: '', output: 'started' };

function secretAt(content: string | undefined): { readonly path: string; readonly file: SecretFile } {
  const path = join(newFolder('secret'), 'broker password');
  if (content !== undefined) writeFileSync(path, content);
  return { path, file: { path, source: { kind: 'secret', secret: 'broker-password' } } };
}

describe('before it starts, a node looks at its secrets', () => {
  it('and starts with good ones, whatever they hold', () => {
    for (const content of ['secret', '$(exit 7)`exit 8`"\'\\ *', 'line\nbreak inside'])
      expect(run(secretChecks([secretAt(content).file]))).toEqual(started);
    expect(run(secretChecks([]))).toEqual(started);
  });

  it('and says which one is missing or empty, in one line', () => {
    for (const content of [undefined, '']) {
      const { path, file } = secretAt(content);
      expect(run(secretChecks([file]))).toEqual({ code: 1, error: `the secret broker-password is missing or empty: ${path}`, output: '' });
    }
  });

  it('and refuses a password with a line break at its end, without showing it', () => {
    const { path, file } = secretAt('hunter2\n');
    const { code, error } = run(secretChecks([file]));
    expect([code, error]).toEqual([1, `the secret broker-password ends with a line break: ${path}; make it anew without`]);
    expect(error).not.toContain('hunter2');
  });

  it('and at its certificate, whose bytes may end as they like', () => {
    const path = join(newFolder('certificate'), 'keystore.p12');
    const file: SecretFile = { path, source: { kind: 'certificate', owner: 'broker', item: 'keystore.p12' } };
    expect(run(secretChecks([file])).error).toBe(`the keystore.p12 of the certificate of the broker is missing or empty: ${path}`);
    writeFileSync(path, 'bytes\n');
    expect(run(secretChecks([file]))).toEqual(started);
  });
});

describe('before it starts, a node looks at its disks', () => {
  const check = (directory: string) => run([`directory='${directory}'`, ...spaceCheck('directory')]);

  it('and leaves nothing behind on those with space', () => {
    const directory = newFolder('space');
    expect(check(directory)).toEqual(started);
    expect(readdirSync(directory)).toEqual([]);
  });

  it('and says that a full one takes no more', () => {
    const directory = newFolder('full');
    symlinkSync('/dev/full', join(directory, '.kafkon-space'));
    const { code, error, output } = check(directory);
    expect([code, output]).toEqual([1, '']);
    expect(error).toMatch(new RegExp(`^nothing can be written to ${directory}: .*(No space left|I/O error)`));
  });

  it('and says that one cannot be written at all', () => {
    const directory = join(newFolder('closed'), 'data');
    mkdirSync(directory);
    // A directory where the file would be is in the way for root as well.
    mkdirSync(join(directory, '.kafkon-space'));
    chmodSync(directory, 0o555);
    expect(check(directory)).toMatchObject({ code: 1, error: expect.stringContaining(`nothing can be written to ${directory}: `) });
    chmodSync(directory, 0o755);
  });
});

describe('before it starts, a node of KRaft looks whose data it has', () => {
  const check = (directory: string) => run([`directory='${directory}'`, ...clusterCheck('directory', 'TT4lEnwvbmXK4PVUsuQRfA')]);
  const holding = (text: string) => {
    const directory = newFolder('data');
    writeFileSync(join(directory, 'meta.properties'), text);
    return directory;
  };

  it('and starts with its own', () => {
    expect(check(holding('version=1\ncluster.id=TT4lEnwvbmXK4PVUsuQRfA\nnode.id=0\n'))).toEqual(started);
  });

  it('and says whose they are where they are of another cluster, in one line', () => {
    const directory = holding('cluster.id=qiL1n7SOS00IkPIcEces2A\n');
    const error = `${directory} holds data of the cluster qiL1n7SOS00IkPIcEces2A, and this node is one of TT4lEnwvbmXK4PVUsuQRfA`;
    expect(check(directory)).toEqual({ code: 1, error, output: '' });
    expect(check(holding('version=1\n')).code).toBe(1);
  });
});
