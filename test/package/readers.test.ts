import { spawn } from 'node:child_process';
import { join } from 'node:path';
import { describe, expect, it } from '@jest/globals';
import { root } from '../architecture/sources';

/** The exit code of a run whose reader of `stream` goes away before anything is written. */
function exitCodeWithout(stream: 'stdout' | 'stderr', ...words: readonly string[]): Promise<number | null> {
  const child = spawn(process.execPath, [join(root, 'build/apps/cli/main.js'), ...words], { cwd: root, stdio: ['ignore', 'pipe', 'pipe'] });
  child[stream].destroy();
  child[stream === 'stdout' ? 'stderr' : 'stdout'].resume();
  return new Promise((resolve) => child.once('close', resolve));
}

describe('a reader that has seen enough', () => {
  it('of the results is no failure', async () => {
    expect(await exitCodeWithout('stdout', 'show', 'kraft/production')).toBe(0);
  });

  it('of the progress changes nothing of what comes out', async () => {
    expect(await exitCodeWithout('stderr', 'validate')).toBe(0);
    expect(await exitCodeWithout('stderr', 'validate', 'no/such')).toBe(1);
  });
});
