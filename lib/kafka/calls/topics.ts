import { ClusterFailure, type NewTopic, type Outcomes, type TopicDescription, type WriteOptions } from '../admin';
import { settle } from '../batch';
import { refusal } from '../error-codes';
import { createPartitions } from '../protocol/create-partitions';
import { createTopics } from '../protocol/create-topics';
import { deleteTopics } from '../protocol/delete-topics';
import type { Session } from '../session';

/** A replica with ZooKeeper takes about 10 ms, and a loaded machine several times that. */
const replicaMs = 50;

const notAuthorized = 29;

export async function describeTopics(session: Session, names?: readonly string[]): Promise<readonly TopicDescription[]> {
  if (names?.length === 0) return [];
  const { topics } = await session.metadata(names ?? null);
  const hidden = names === undefined ? [] : topics.filter(({ code }) => code === notAuthorized);
  if (hidden.length > 0)
    throw new ClusterFailure('not-authorized', `not authorized to describe the topics ${hidden.map(({ name }) => name).join(', ')}`);
  return topics
    .filter(({ partitions }) => partitions.length > 0)
    .map(({ name, internal, partitions }) => ({
      name,
      internal,
      partitions: partitions
        .map(({ id, leader, replicas, isr }) => ({ id, leader: leader < 0 ? undefined : leader, replicas, isr }))
        .sort((a, b) => a.id - b.id),
    }));
}

export function createNewTopics(session: Session, topics: readonly NewTopic[], options: WriteOptions = {}): Promise<Outcomes> {
  const { validateOnly = false } = options;
  return settle(session, new Map(topics.map((topic) => [topic.name, topic])), {
    weight: ({ partitions, assignment }) => assignment?.length ?? partitions,
    itemMs: replicaMs * Math.max(1, ...topics.map(({ replicationFactor }) => replicationFactor)),
    send: async (batch, timeoutMs) => {
      const creations = [...batch.values()].map(({ config, assignment = [], ...topic }) => ({
        ...topic,
        assignment,
        configs: Object.entries(config).map(([key, value]) => [key, String(value)] as const),
      }));
      return byName(await session.send(createTopics, { topics: creations, timeoutMs, validateOnly }, { timeoutMs }));
    },
  });
}

export function growTopics(session: Session, totals: ReadonlyMap<string, number>, options: WriteOptions = {}): Promise<Outcomes> {
  const { validateOnly = false } = options;
  return settle(session, totals, {
    weight: (total) => total,
    itemMs: replicaMs,
    send: async (batch, timeoutMs) =>
      byName(await session.send(createPartitions, { totals: [...batch], timeoutMs, validateOnly }, { timeoutMs })),
  });
}

export function removeTopics(session: Session, names: readonly string[]): Promise<Outcomes> {
  return settle(session, new Map(names.map((name) => [name, name])), {
    itemMs: replicaMs,
    send: async (batch, timeoutMs) => byName(await session.send(deleteTopics, { names: [...batch.keys()], timeoutMs }, { timeoutMs })),
  });
}

function byName<Answer extends { readonly name: string }>(answers: readonly Answer[]): ReadonlyMap<string, Answer> {
  return new Map(answers.map((answer) => [answer.name, answer]));
}

/** Whether a principal may see each of some topics, which need not exist. */
export async function maySee(session: Session, names: readonly string[]): Promise<boolean> {
  const { topics } = await session.metadata(names);
  return topics.every(({ code }) => refusal({ code, message: null }).reason !== 'not-authorized');
}
