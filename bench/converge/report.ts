import { loadavg } from 'node:os';
import { type Row, tasks } from './round';
import { median } from './timed-process';
import type { Workload } from './workload';

/** Prints a table; every ratio is of wall times of the same run. */
export function print({ title }: Workload, rows: readonly Row[]): void {
  console.log(`\n${title}   (load ${loadavg()[0]?.toFixed(1)})`);
  console.log(
    `${'task'.padEnd(19)} ${'who'.padEnd(12)} ${'runs'.padStart(4)} ${'wall s'.padStart(7)} ${': floor'.padStart(8)} ${': kafkon'.padStart(8)} ${'CPU s'.padStart(6)} ${'MB'.padStart(5)}  requests on connections`,
  );
  for (const task of tasks) {
    const ofTask = rows.filter((row) => row.task === task);
    const wallOf = (name: string) => median(ofTask.find(({ contender }) => contender === name)?.costs.map(({ wall }) => wall) ?? []);
    for (const { contender, costs, requests, remark } of ofTask) {
      const name = `${task.name.padEnd(19)} ${contender.padEnd(12)} ${String(costs.length).padStart(4)}`;
      if (costs.length === 0) {
        console.log(`${name}  ${remark || 'not tried'}`);
        continue;
      }
      const [wall, cpu, peak] = (['wall', 'cpu', 'peak'] as const).map((key) => median(costs.map((cost) => cost[key])));
      const times = (name: string) => (wallOf(name) > 0 ? ((wall ?? 0) / wallOf(name)).toFixed(1) : '-').padStart(8);
      console.log(
        `${name} ${wall?.toFixed(2).padStart(7)} ${times('floor')} ${times('kafkon')} ${cpu?.toFixed(2).padStart(6)} ${peak?.toFixed(0).padStart(5)}  ${requests}${remark && `; ${remark}`}`,
      );
    }
  }
}
