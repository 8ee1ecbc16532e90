import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { kill } from '../test/support/kubernetes/faults';
import { removeNamespace } from '../test/support/kubernetes/namespace';
import { openStage } from '../test/support/kubernetes/stage';

/**
 * How long three secured KRaft nodes take on a Kubernetes test cluster: from nothing to ready and converged, through a rolling restart
 * of all, and from a killed broker to three ready ones. Needs what the end-to-end suites need, and takes the namespace of the suite for it away first.
 */
const runs = Number(process.argv[2] ?? 1);
const name = 'combined';

async function timed(what: string, work: () => Promise<unknown>): Promise<void> {
  const start = performance.now();
  await work();
  console.log(`${what.padEnd(34)} ${((performance.now() - start) / 1000).toFixed(1).padStart(7)} s`);
}

async function run(): Promise<void> {
  const folder = mkdtempSync(join(tmpdir(), 'kafkon-bench-kubernetes-'));
  const stage = await openStage(join(process.cwd(), 'test', 'e2e', 'kubernetes', 'environments', `${name}.yaml`), folder);
  try {
    await removeNamespace(stage.namespace);
    await stage.secretsThere();
    await timed('up: ready and converged', () => stage.kafkon('up', name, '--platform', 'kubernetes'));
    await timed('up again: nothing to do', () => stage.kafkon('up', name, '--platform', 'kubernetes'));
    await timed('roll: all three, one at a time', () => stage.kafkon('brokers', name, 'roll', '--all', '--platform', 'kubernetes'));
    await timed('recover: one killed, three ready', async () => {
      await kill(stage.namespace, 'kafka-1');
      await stage.ready();
    });
  } finally {
    await removeNamespace(stage.namespace);
    rmSync(folder, { recursive: true, force: true });
  }
}

async function main(): Promise<void> {
  for (let turn = 0; turn < runs; turn++) await run();
}

main().catch((error: unknown) => {
  console.error(error);
  process.exitCode = 1;
});
