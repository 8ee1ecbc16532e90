import { spawnSync } from 'node:child_process';

/** A whole process to be timed. */
export interface Contender {
  readonly name: string;
  readonly program: string;
  /** The calls that make one run: several where a peer needs a process for each environment. */
  readonly calls: readonly (readonly string[])[];
  /** What is done before each run and not timed. */
  readonly before?: () => void;
}

export interface Result {
  readonly name: string;
  /** Median, milliseconds of wall time for one run. */
  readonly wall: number;
}

/** Runs the contenders in turn, so that a machine that slows down slows them all, and returns the medians. */
export function measure(contenders: readonly Contender[], runs: number): readonly Result[] {
  const taken = contenders.map((): number[] => []);
  for (let run = -1; run < runs; run++) {
    for (const [index, contender] of contenders.entries()) {
      const wall = once(contender);
      // The first round warms the caches of the file system.
      if (run >= 0) taken[index]?.push(wall);
    }
  }
  return contenders.map(({ name }, index) => ({ name, wall: median(taken[index] ?? []) }));
}

function once({ name, program, calls, before }: Contender): number {
  before?.();
  const start = performance.now();
  for (const words of calls) {
    const { status, error, stderr } = spawnSync(program, words, { stdio: ['ignore', 'ignore', 'pipe'], encoding: 'utf8' });
    if (error !== undefined || status !== 0) throw new Error(`${name} failed: ${error?.message ?? stderr}`);
  }
  return performance.now() - start;
}

function median(values: readonly number[]): number {
  const sorted = [...values].sort((a, b) => a - b);
  return sorted[Math.floor(sorted.length / 2)] ?? 0;
}

/** Whether a program can be started. */
export function present(program: string, ...words: readonly string[]): boolean {
  return spawnSync(program, words, { stdio: 'ignore' }).status === 0;
}
