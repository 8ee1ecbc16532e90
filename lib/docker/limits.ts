import type { Environment } from '../model';
import type { Process } from '../runtime';

const MiB = 2 ** 20;
/** The length of a period of the scheduler, in microseconds. */
const cpuPeriod = 100_000;
/** What Docker counts as one core where several containers compete. */
const sharesPerCore = 1024;

/** How many files a container may have open. */
export function openFiles({ kind, platform }: Environment): number {
  return platform.docker.openFiles ?? (kind === 'development' || kind === 'testing' ? 16_384 : 100_000);
}

/**
 * Memory, processor and open files of a container. `memorySwap` is the sum of both, so none is swapped; left out, every plan would
 * have a difference. A limit of processor is a quota per period: the provider ends in a panic over `cpus`.
 */
export function limitsOf(environment: Environment, { memory, cpu }: Pick<Process, 'memory' | 'cpu'>) {
  const megabytes = Math.ceil(memory / MiB);
  const files = openFiles(environment);
  return {
    memory: megabytes,
    memorySwap: megabytes,
    cpuShares: Math.max(2, Math.round((cpu.request * sharesPerCore) / 1000)),
    ...(cpu.limit === undefined ? {} : { cpuPeriod, cpuQuota: (cpu.limit * cpuPeriod) / 1000 }),
    ulimit: [{ name: 'nofile', soft: files, hard: files }],
  };
}

/** The most that a directory in memory may take: a quarter of the container's memory, which it counts against. */
export function scratchBytes(memory: number): number {
  return Math.floor(memory / 4 / MiB) * MiB;
}
