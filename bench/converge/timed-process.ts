import { spawn } from 'node:child_process';
import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';

/** What a process has cost. */
export interface Cost {
  /** Seconds from its start to its end. */
  readonly wall: number;
  /** Seconds of processor time, its own and the system's for it. */
  readonly cpu: number;
  /** Peak resident memory, megabytes of 10^6 bytes. */
  readonly peak: number;
}

/** Runs a program to its end through `time`, whose own start is a millisecond or two. @throws when it fails */
export async function timed(program: string, words: readonly string[], env: NodeJS.ProcessEnv = process.env): Promise<Cost> {
  const folder = mkdtempSync(join(tmpdir(), 'kafkon-bench-time-'));
  const report = join(folder, 'time');
  try {
    const child = spawn('/usr/bin/time', ['-f', '%e %U %S %M', '-o', report, program, ...words], {
      env,
      stdio: ['ignore', 'ignore', 'pipe'],
    });
    let errors = '';
    child.stderr.on('data', (data: Buffer) => {
      errors = (errors + data.toString()).slice(-4_000);
    });
    const start = performance.now();
    const code = await new Promise<number | null>((resolve, reject) => {
      child.once('error', reject);
      child.once('close', resolve);
    });
    const wall = (performance.now() - start) / 1000;
    if (code !== 0) throw new Error(`${program} ${words.join(' ')} ended with ${code}: ${errors}`);
    const [, user = 0, system = 0, kilobytes = 0] = (readFileSync(report, 'utf8').trim().split('\n').at(-1) ?? '').split(' ').map(Number);
    return { wall, cpu: user + system, peak: (kilobytes * 1024) / 1e6 };
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
}

export function median(values: readonly number[]): number {
  const sorted = [...values].sort((a, b) => a - b);
  return sorted[Math.floor((sorted.length - 1) / 2)] ?? 0;
}
