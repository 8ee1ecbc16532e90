import { beside } from './alone';

const start = performance.now();
const seconds = (milliseconds: number) => (milliseconds / 1000).toFixed(1).padStart(6);

/**
 * Does something while no other suite has to be alone, and says on standard error what was done, when it was done and how long it took,
 * whether it failed or not.
 */
export function step<Result>(what: string, work: () => Promise<Result>): Promise<Result> {
  return beside(async () => {
    const begin = performance.now();
    let outcome = 'failed: ';
    try {
      const result = await work();
      outcome = '';
      return result;
    } finally {
      const now = performance.now();
      process.stderr.write(`[${seconds(now - start)} s] ${seconds(now - begin)} s  ${outcome}${what}\n`);
    }
  });
}
