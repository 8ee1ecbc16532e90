import { mkdtempSync, rmSync } from 'node:fs';
import { cpus, loadavg, tmpdir } from 'node:os';
import { join } from 'node:path';
import { type Broker, startBroker } from './broker';
import { type Contender, floor, kafkon } from './contender';
import { countingProxy } from './counting-proxy';
import { type Cost, median } from './timed-process';
import type { Workload } from './workload';

/**
 * What convergence costs on one broker: making everything, finding nothing to do, and mending one in a hundred; wall and processor time
 * and memory of the client's whole process, and how many requests it sends, counted at a proxy in runs of their own. Beside a program
 * that sends the fewest requests there can be. Words: how often each is run, then the workloads' numbers, all by default.
 */
const workloads: readonly Workload[] = [
  { title: '100 topics × 3 settings', topics: 100, acls: 0 },
  { title: '1,000 topics × 3 settings', topics: 1_000, acls: 0 },
  { title: '1,000 ACLs', topics: 0, acls: 1_000 },
  { title: '5,000 ACLs', topics: 0, acls: 5_000 },
  { title: '1,000 topics and 5,000 ACLs', topics: 1_000, acls: 5_000 },
];

const tasks = ['create', 'no-op', '1 % drift'] as const;
type Task = (typeof tasks)[number];

interface Row {
  readonly contender: string;
  readonly task: Task;
  readonly costs: Cost[];
  requests: string;
}

async function main(): Promise<void> {
  const [runs = 3, ...chosen] = process.argv.slice(2).map(Number);
  const contenders = [floor(), kafkon].flatMap((contender) => contender ?? []);
  const broker = await startBroker();
  try {
    // The first topics and ACLs of a broker's life take longer than all later ones.
    await measure(broker, workloads.at(0), contenders, 1, () => undefined);
    console.log(`${cpus().length} cores, Node ${process.version}, Kafka 4.3.1 with KRaft, medians of ${runs}`);
    for (const [index, workload] of workloads.entries()) {
      if (chosen.length > 0 && !chosen.includes(index + 1)) continue;
      await measure(broker, workload, contenders, runs, (rows) => print(workload, rows));
    }
  } finally {
    await broker.stop();
  }
}

async function measure(
  broker: Broker,
  workload: Workload | undefined,
  contenders: readonly Contender[],
  runs: number,
  report: (rows: readonly Row[]) => void,
): Promise<void> {
  if (workload === undefined) return;
  const rows = contenders.flatMap(({ name }) => tasks.map((task): Row => ({ contender: name, task, costs: [], requests: '' })));
  const folder = mkdtempSync(join(tmpdir(), 'kafkon-bench-'));
  try {
    const ready = contenders.map((contender) => ({ name: contender.name, ...contender.prepare(folder, workload) }));
    // In turn, so that a machine that slows down slows all of them; the last round is counted and not timed.
    for (let run = 0; run <= runs; run++)
      for (const { name, apply } of ready) {
        await broker.empty();
        const proxy = run === runs ? await countingProxy(broker.address) : undefined;
        for (const task of tasks) {
          const row = rows.find((each) => each.contender === name && each.task === task);
          const cost = await apply(proxy?.address ?? broker.address, task === '1 % drift');
          if (proxy === undefined) row?.costs.push(cost);
          else if (row !== undefined) {
            const { requests, connections } = proxy.take();
            row.requests = `${requests} on ${connections}`;
          }
        }
        await proxy?.close();
      }
    report(rows);
  } finally {
    await broker.empty();
    rmSync(folder, { recursive: true, force: true });
  }
}

function print({ title }: Workload, rows: readonly Row[]): void {
  console.log(`\n${title}   (load ${loadavg()[0]?.toFixed(1)})`);
  console.log(
    `${'task'.padEnd(10)} ${'who'.padEnd(8)} ${'wall s'.padStart(7)} ${'ratio'.padStart(6)} ${'CPU s'.padStart(6)} ${'MB'.padStart(5)}  requests on connections`,
  );
  for (const task of tasks) {
    const lowest = median(rows.find((row) => row.task === task)?.costs.map(({ wall }) => wall) ?? []);
    for (const { contender, costs, requests } of rows.filter((row) => row.task === task)) {
      const [wall, cpu, peak] = [
        median(costs.map((cost) => cost.wall)),
        median(costs.map((cost) => cost.cpu)),
        median(costs.map((cost) => cost.peak)),
      ];
      console.log(
        `${task.padEnd(10)} ${contender.padEnd(8)} ${wall.toFixed(2).padStart(7)} ${(wall / lowest).toFixed(1).padStart(6)} ${cpu.toFixed(2).padStart(6)} ${peak.toFixed(0).padStart(5)}  ${requests}`,
      );
    }
  }
}

main().catch((error: unknown) => {
  console.error(error);
  process.exitCode = 1;
});
