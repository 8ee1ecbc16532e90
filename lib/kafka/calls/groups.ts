import type { GroupDescription, Outcomes } from '../admin';
import { settle } from '../batch';
import { isPassing } from '../error-codes';
import { readFailure } from '../failure';
import { commitOffsets, type DescribedGroup, describeConsumerGroups, describeGroups, fetchOffsets, listGroups } from '../protocol/groups';
import { byPartitionKey, byTopic } from '../protocol/topic-partitions';
import type { Session } from '../session';

const states: Readonly<Record<string, GroupDescription['state']>> = {
  Stable: 'stable',
  Empty: 'empty',
  Dead: 'dead',
  PreparingRebalance: 'rebalancing',
  CompletingRebalance: 'rebalancing',
  Assigning: 'rebalancing',
  Reconciling: 'rebalancing',
};
const groupNotFound = 69;

/** At most three requests to each broker: which groups it coordinates, and what they do. */
export async function readGroups(session: Session): Promise<readonly GroupDescription[]> {
  const { brokers } = await session.metadata([]);
  const found = await Promise.all(brokers.map(({ id }) => groupsOf(session, id)));
  return found.flat().sort((a, b) => (a.group < b.group ? -1 : 1));
}

async function groupsOf(session: Session, broker: number): Promise<readonly GroupDescription[]> {
  const { groups } = await session.readAll(listGroups, undefined, broker);
  if (groups.length === 0) return [];
  const names = groups.map(({ group }) => group);
  const described = await session.read(describeGroups, names, broker);
  const classic = described.filter(({ code, state }) => code === 0 && state !== 'Dead');
  const rest = names.filter((name) => !classic.some(({ group }) => group === name));
  const newer =
    rest.length === 0 || !(await session.knows(describeConsumerGroups, broker))
      ? []
      : await session.read(describeConsumerGroups, rest, broker);
  const consumers = newer.filter(({ code }) => code === 0);
  const missing = described.filter(
    ({ group, code }) => code !== groupNotFound && rest.includes(group) && !consumers.some((each) => each.group === group),
  );
  return [...classic, ...consumers, ...missing].map(descriptionOf);
}

function descriptionOf({ group, state, members }: DescribedGroup): GroupDescription {
  return { group, state: states[state] ?? 'unknown', members: members.length, topics: [...new Set(members.flat())].sort() };
}

export async function readGroupOffsets(session: Session, group: string): Promise<ReadonlyMap<string, bigint>> {
  const patience = session.patience();
  for (;;) {
    const node = await session.coordinator('group', group);
    const { code, topics } = await session.read(fetchOffsets, group, node);
    if (code === 0) return new Map(byPartitionKey(topics).filter(([, offset]) => offset >= 0n));
    session.forgetCoordinators();
    if (!isPassing(code) || !(await patience.again())) throw readFailure(`OffsetFetch of ${group}`, { code, message: null });
  }
}

export function writeGroupOffsets(session: Session, group: string, offsets: ReadonlyMap<string, bigint>): Promise<Outcomes> {
  return settle(session, offsets, {
    repeatable: true,
    send: async (batch, timeoutMs) => {
      const node = await session.coordinator('group', group);
      const codes = byPartitionKey(await session.send(commitOffsets, { group, topics: byTopic(batch) }, { node, timeoutMs }));
      if (codes.some(([, code]) => isPassing(code))) session.forgetCoordinators();
      return new Map(codes.map(([key, code]) => [key, { code, message: null }]));
    },
  });
}
