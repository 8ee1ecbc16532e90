import { cpus } from 'node:os';
import { startBroker } from './broker';
import { floor, kafkon } from './contender';
import { peers } from './peers';
import { print } from './report';
import { type Entry, measure } from './round';
import type { Workload } from './workload';

/**
 * What convergence costs on one broker: making everything, finding nothing to do, and mending one in a hundred that the files or the
 * cluster have otherwise; wall and processor time and memory of the client's whole process, and how many requests it sends. Beside a
 * program that sends the fewest requests there can be, and beside those peers that are there. Words: how often each is run, then the
 * workloads' numbers, all by default. `PEER_RUNS`: how often each peer is run (1), `PEER_DEADLINE`: the seconds that one of its runs may
 * take (300).
 */
const workloads: readonly Workload[] = [
  { title: '100 topics × 3 settings', topics: 100, acls: 0 },
  { title: '1,000 topics × 3 settings', topics: 1_000, acls: 0 },
  { title: '1,000 ACLs', topics: 0, acls: 1_000 },
  { title: '5,000 ACLs', topics: 0, acls: 5_000 },
  { title: '1,000 topics and 5,000 ACLs', topics: 1_000, acls: 5_000 },
];

async function main(): Promise<void> {
  const [runs = 3, ...chosen] = process.argv.slice(2).map(Number);
  const { PEER_RUNS = '1', PEER_DEADLINE = '300' } = process.env;
  const own = [floor(), kafkon].flatMap((contender) => contender ?? []);
  const hosts = own.map((contender): Entry => ({ contender, runs, guest: false }));
  const guests = peers(Number(PEER_DEADLINE)).map((contender): Entry => ({ contender, runs: Number(PEER_RUNS), guest: true }));
  const broker = await startBroker();
  try {
    const warmUp = hosts.map((host) => ({ ...host, runs: 1 }));
    // The first topics and ACLs of a broker's life take longer than all later ones.
    for (const workload of workloads.slice(0, 1)) await measure(broker, workload, warmUp);
    console.log(`${cpus().length} cores, Node ${process.version}, Kafka 4.3.1 with KRaft, medians`);
    for (const [index, workload] of workloads.entries()) {
      if (chosen.length > 0 && !chosen.includes(index + 1)) continue;
      print(workload, await measure(broker, workload, [...hosts, ...guests]));
    }
  } finally {
    await broker.stop();
  }
}

// Whoever is being timed is in a group of its own, which the signal that ends this process does not reach.
for (const signal of ['SIGINT', 'SIGTERM'] as const) process.once(signal, () => process.exit(1));

main().catch((error: unknown) => {
  console.error(error);
  process.exitCode = 1;
});
