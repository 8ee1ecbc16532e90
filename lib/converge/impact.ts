import { type KafkaAdmin, parsePartitionKey, partitionKey } from '../kafka';
import type { Desired } from './desired';
import type { Impact, Live } from './live';
import { type Plan, plan } from './plan';

/** The topics of a plan of which one wants to know who reads them, and how large they are. */
interface Stake {
  readonly read: readonly string[];
  readonly sized: readonly string[];
}

function atStake({ steps }: Plan): Stake {
  const read = steps.flatMap((step) =>
    step.kind === 'add-partitions' || step.kind === 'delete-topic' || (step.kind === 'set-config' && step.class === 'data-loss')
      ? [step.topic]
      : [],
  );
  const copied = steps.flatMap((step) => (step.kind === 'change-replication' && (step.copies ?? 0) > 0 ? [step.topic] : []));
  return { read: [...new Set(read)], sized: [...new Set([...read, ...copied])] };
}

/** The plan with what its steps would touch; asks for groups and sizes only where there are steps that want them. */
export async function planWithImpact(desired: Desired, live: Live, admin: KafkaAdmin): Promise<Plan> {
  const first = plan(desired, live);
  const stake = atStake(first);
  return stake.sized.length === 0 ? first : plan(desired, { ...live, impact: await readImpact(stake, live, admin) });
}

async function readImpact({ read, sized }: Stake, live: Live, admin: KafkaAdmin): Promise<Impact> {
  const [groups, sizes] = await Promise.all([
    read.length === 0 ? new Map<string, readonly string[]>() : groupsOf(read, admin),
    admin.logSizes(live.brokers.map(({ id }) => id)),
  ]);
  const bytes = sized.map((topic): [string, number[]] => {
    const partitions = live.topics.get(topic)?.replicas ?? [];
    return [
      topic,
      partitions.map((_, id) => Math.max(0, ...[...sizes.values()].map((broker) => broker.get(partitionKey(topic, id)) ?? 0))),
    ];
  });
  return { groups, bytes: new Map(bytes) };
}

/** Members say what they read; a group without members is known by its offsets. */
async function groupsOf(topics: readonly string[], admin: KafkaAdmin): Promise<ReadonlyMap<string, readonly string[]>> {
  const all = await admin.groups();
  const reading = await Promise.all(
    all.map(async ({ group, members, topics: assigned }) => {
      const idle = members === 0 ? await admin.groupOffsets(group) : new Map<string, bigint>();
      const committed = [...idle.keys()].map((key) => parsePartitionKey(key).topic);
      return { group, topics: new Set([...assigned, ...committed]) };
    }),
  );
  const found = topics.map((topic): [string, string[]] => [
    topic,
    reading
      .filter((each) => each.topics.has(topic))
      .map(({ group }) => group)
      .sort(),
  ]);
  return new Map(found.filter(([, groups]) => groups.length > 0));
}
