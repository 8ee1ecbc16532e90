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

export interface HowToRun {
  /** @default - this process's own */
  readonly env?: NodeJS.ProcessEnv;
  /** @default - this process's own */
  readonly cwd?: string;
  /** Seconds after which it and all that it has started is killed. @default - never */
  readonly deadline?: number;
}

/** A program did not end in time. */
export class TooSlow extends Error {}

/**
 * Runs a program to its end through `time`, whose own start is a millisecond or two.
 *
 * @throws when it fails; `TooSlow` at the deadline
 */
export async function timed(program: string, words: readonly string[], how: HowToRun = {}): Promise<Cost> {
  const folder = mkdtempSync(join(tmpdir(), 'kafkon-bench-time-'));
  const report = join(folder, 'time');
  try {
    // A group of its own, so that what it has started can be killed with it.
    const child = spawn('/usr/bin/time', ['-f', '%e %U %S %M', '-o', report, program, ...words], {
      env: how.env ?? process.env,
      cwd: how.cwd,
      detached: true,
      stdio: ['ignore', 'pipe', 'pipe'],
    });
    let output = '';
    for (const stream of [child.stdout, child.stderr])
      stream.on('data', (data: Buffer) => {
        output = (output + data.toString()).slice(-4_000);
      });
    const start = performance.now();
    const kill = () => {
      if (child.pid !== undefined) process.kill(-child.pid, 'SIGKILL');
    };
    let late = false;
    const timer = setTimeout(
      () => {
        late = true;
        kill();
      },
      (how.deadline ?? 86_400) * 1000,
    );
    process.once('exit', kill);
    const code = await new Promise<number | null>((resolve, reject) => {
      child.once('error', reject);
      child.once('close', resolve);
    }).finally(() => {
      clearTimeout(timer);
      process.off('exit', kill);
    });
    const wall = (performance.now() - start) / 1000;
    if (late) throw new TooSlow(`not done in ${how.deadline} s`);
    if (code !== 0) throw new Error(`${program} ${words.join(' ')} ended with ${code}: ${output}`);
    const [, user = 0, system = 0, kilobytes = 0] = (readFileSync(report, 'utf8').trim().split('\n').at(-1) ?? '').split(' ').map(Number);
    return { wall, cpu: user + system, peak: (kilobytes * 1024) / 1e6 };
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
}

/** Runs one after the other, and adds up what they cost. */
export async function inTurn(runs: readonly (() => Promise<Cost>)[]): Promise<Cost> {
  let sum: Cost = { wall: 0, cpu: 0, peak: 0 };
  for (const run of runs) {
    const { wall, cpu, peak } = await run();
    sum = { wall: sum.wall + wall, cpu: sum.cpu + cpu, peak: Math.max(sum.peak, peak) };
  }
  return sum;
}

export function median(values: readonly number[]): number {
  const sorted = [...values].sort((a, b) => a - b);
  return sorted[Math.floor((sorted.length - 1) / 2)] ?? 0;
}
