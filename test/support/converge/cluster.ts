import {
  type ApplyOptions,
  type ApplyPorts,
  type ApplyResult,
  apply,
  clusterRecord,
  type Desired,
  type Ownership,
  ownershipOf,
  ownershipTopic,
  type Plan,
  planWithImpact,
  readLive,
} from '../../../lib/converge';
import {
  type ConnectCluster,
  type KafkaAdmin,
  MemoryCluster,
  type MemoryClusterOptions,
  type MemoryLogin,
  memoryAdmin,
  memoryConnect,
  memoryRecordLog,
  memorySchemaRegistry,
  type RecordLog,
  type SchemaRegistry,
} from '../../../lib/kafka';
import { standInClusterId } from './desired';

/** Thrown for "the process was killed here": no outcome, no cleaning up. */
export class Killed extends Error {}

/** Told of every call before and after it takes effect; may throw, and may wait. */
export type Spy = (call: string, moment: 'before' | 'after') => void | Promise<void>;

/** A cluster in memory with everything that a run needs beside it. */
export interface TestCluster {
  readonly memory: MemoryCluster;
  readonly registry: SchemaRegistry;
  readonly connect: ConnectCluster;
  readonly secrets: Map<string, string>;
  now: Date;
}

export function testCluster(options: MemoryClusterOptions = {}): TestCluster {
  return {
    memory: new MemoryCluster({ clusterId: standInClusterId, ...options }),
    registry: memorySchemaRegistry(),
    connect: memoryConnect(),
    secrets: new Map(),
    now: new Date('2026-11-21T12:00:00Z'),
  };
}

/** Puts a topic there as if somebody had made it by hand. */
export function putTopic(
  { memory }: TestCluster,
  name: string,
  replicas: readonly (readonly number[])[],
  config: Readonly<Record<string, string>> = {},
): void {
  const partitions = replicas.map((list) => ({ replicas: list, leader: list[0] ?? -1, size: 0 }));
  memory.state.topics.set(name, { partitions, config: new Map(Object.entries(config)) });
}

/** What the cluster's own record says is owned. */
export async function recordOf({ memory }: TestCluster): Promise<Ownership> {
  return ownershipOf(memory.state.records.get(ownershipTopic) ?? new Map());
}

/** The same object with a spy around every method that sends something. */
function watched<Client extends KafkaAdmin | RecordLog | SchemaRegistry | ConnectCluster>(client: Client, spy: Spy): Client {
  const silent = ['requestsSent', 'close', 'guardWrites'];
  return new Proxy(client, {
    get: (target, name) => {
      const value = Reflect.get(target, name) as unknown;
      if (typeof value !== 'function' || silent.includes(String(name))) return value;
      return async (...words: unknown[]) => {
        await spy(String(name), 'before');
        const answer: unknown = await value.apply(target, words);
        await spy(String(name), 'after');
        return answer;
      };
    },
  });
}

/** The ports of one run; the spy sees every call, those of the record and of the lock too. */
export function portsOf(cluster: TestCluster, spy: Spy = () => undefined, login?: MemoryLogin): ApplyPorts {
  const { memory, secrets } = cluster;
  const admin = watched(memoryAdmin(memory, login), spy);
  const log = watched(memoryRecordLog(memory), spy);
  const services = { registry: watched(cluster.registry, spy), connect: watched(cluster.connect, spy) };
  const { ownership, lock } = clusterRecord(log, admin, 'orders-production');
  return { admin, ...services, ownership, lock, secrets: { read: async (name) => secrets.get(name) }, now: () => cluster.now };
}

export async function planFor(desired: Desired, ports: ApplyPorts): Promise<Plan> {
  return planWithImpact(desired, await readLive(desired, ports), ports.admin);
}

/** Consent to everything. */
export const allAllowed: ApplyOptions = {
  allow: ['data-loss', 'irreversible'],
  ask: async () => true,
  showWithinMs: 500,
};

/** All that `kafkon apply` does. */
export async function converge(desired: Desired, ports: ApplyPorts, options: ApplyOptions = allAllowed): Promise<ApplyResult> {
  const live = await readLive(desired, ports);
  return apply(await planWithImpact(desired, live, ports.admin), ports, { ...options, live });
}
