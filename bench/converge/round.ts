import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { amiss } from './amiss';
import type { Broker } from './broker';
import { caughtUp } from './caught-up';
import type { Contender, Ready } from './contender';
import { countingProxy } from './counting-proxy';
import { disturb } from './disturb';
import { type Cost, TooSlow } from './timed-process';
import { desiredOf, type Edit, type Workload } from './workload';

/** What is to be done to a cluster that holds what the task before has left. */
export interface Task {
  readonly name: string;
  readonly edit: Edit;
  /** Whether the broker may first catch up with what was done before. */
  readonly atRest: boolean;
  /** Whether somebody else has changed what the task before has left. @default false */
  readonly disturbed?: boolean;
}

export const tasks: readonly Task[] = [
  { name: 'create', edit: 0, atRest: false },
  { name: 'no-op', edit: 0, atRest: false },
  { name: '1 % edit', edit: 1, atRest: false },
  { name: 'no-op, at rest', edit: 1, atRest: true },
  { name: '1 % edit, at rest', edit: 2, atRest: true },
  { name: '1 % drift, at rest', edit: 2, atRest: true, disturbed: true },
];

/** What one contender's runs of one task have cost. */
export interface Row {
  readonly contender: string;
  readonly task: Task;
  readonly costs: Cost[];
  requests: string;
  /** Why there is nothing, or what is not as it should be. */
  remark: string;
}

/** A contender, and how often it is timed. */
export interface Entry {
  readonly contender: Contender;
  readonly runs: number;
  /** Whether the others are worth nothing when it fails. Nobody waits for a guest. */
  readonly guest: boolean;
}

/** A guest that needs more seconds than this for one task is not run once more to be counted. */
const patience = 45;

/**
 * Takes the contenders in turn, so that a machine that slows down slows all of them. In a last round of its own, which is not timed,
 * requests are counted, and the broker is asked whether it holds what it should.
 */
export async function measure(broker: Broker, workload: Workload, entries: readonly Entry[]): Promise<readonly Row[]> {
  const rows = entries.flatMap(({ contender: { name } }) =>
    tasks.map((task): Row => ({ contender: name, task, costs: [], requests: '', remark: '' })),
  );
  const folder = mkdtempSync(join(tmpdir(), 'kafkon-bench-'));
  try {
    const ready = entries.map((entry) => ({ ...entry, ready: entry.contender.prepare(folder, workload) }));
    for (const { ready: it } of ready) await it.warmUp?.(broker.address);
    const rounds = Math.max(...entries.map(({ runs }) => runs));
    for (let run = 0; run <= rounds; run++)
      for (const { contender, runs, guest, ready: it } of ready) {
        const own = rows.filter((row) => row.contender === contender.name);
        const counted = run === rounds;
        if ((!counted && run >= runs) || own.some(({ remark }) => remark !== '')) continue;
        if (counted && guest && own.some(({ costs }) => costs.some(({ wall }) => wall > patience))) {
          for (const row of own) row.requests = 'not counted';
          continue;
        }
        await broker.empty();
        it.forget?.();
        const work = counted ? () => count(broker, workload, it, own) : () => time(broker, workload, it, own);
        await work().catch((error: unknown) => {
          if (!guest) throw error;
          const next = own.find((row) => (counted ? row.requests === '' : row.costs.length <= run));
          if (next !== undefined) next.remark = error instanceof TooSlow ? error.message : 'failed';
          if (!(error instanceof TooSlow)) console.error(error);
        });
      }
    return rows;
  } finally {
    await broker.empty();
    rmSync(folder, { recursive: true, force: true });
  }
}

async function begin({ address }: Broker, workload: Workload, { edit, atRest, disturbed = false }: Task): Promise<void> {
  if (disturbed) await disturb(address, workload, edit);
  if (atRest) await caughtUp(address);
}

async function time(broker: Broker, workload: Workload, it: Ready, rows: readonly Row[]): Promise<void> {
  for (const { task, costs } of rows) {
    await begin(broker, workload, task);
    costs.push(await it.apply(broker.address, task.edit));
  }
}

async function count(broker: Broker, workload: Workload, it: Ready, rows: readonly Row[]): Promise<void> {
  const proxy = await countingProxy(broker.address);
  try {
    for (const row of rows) {
      const { edit } = row.task;
      await begin(broker, workload, row.task);
      await it.apply(proxy.address, edit);
      const { requests, connections } = proxy.take();
      row.requests = `${requests} on ${connections}`;
      const { missing, besides } = await amiss(broker.address, desiredOf(workload, edit));
      if (missing + besides > 0) row.remark = `leaves ${missing} missing and ${besides} that are not declared`;
    }
  } finally {
    await proxy.close();
  }
}
