import type { Outcomes, Reassignment } from '../admin';
import { settle } from '../batch';
import { readFailure } from '../failure';
import { alterPartitionReassignments } from '../protocol/alter-partition-reassignments';
import { describeLogDirs } from '../protocol/describe-log-dirs';
import { electLeaders } from '../protocol/elect-leaders';
import { listPartitionReassignments } from '../protocol/list-partition-reassignments';
import { byPartitionKey, byTopic } from '../protocol/topic-partitions';
import type { Session } from '../session';

const clusterAuthorizationFailed = 31;

export function moveReplicas(session: Session, moves: ReadonlyMap<string, readonly number[] | null>): Promise<Outcomes> {
  return settle(session, moves, {
    repeatable: true,
    send: async (batch, timeoutMs) => {
      const reply = await session.send(alterPartitionReassignments, { topics: byTopic(batch), timeoutMs }, { timeoutMs });
      return reply.code === 0 ? new Map(byPartitionKey(reply.topics)) : new Map([...batch.keys()].map((key) => [key, reply]));
    },
  });
}

export async function movesUnderWay(session: Session): Promise<ReadonlyMap<string, Reassignment>> {
  const { topics } = await session.readAll(listPartitionReassignments, session.requestTimeoutMs);
  return new Map(byPartitionKey(topics));
}

export function elect(session: Session, partitions: readonly string[]): Promise<Outcomes> {
  return settle(session, new Map(partitions.map((key) => [key, key])), {
    send: async (batch, timeoutMs) => {
      const reply = await session.send(electLeaders, { topics: byTopic(batch), timeoutMs }, { timeoutMs });
      const { code } = reply;
      return code === 0 ? new Map(byPartitionKey(reply.topics)) : new Map([...batch.keys()].map((key) => [key, { code, message: null }]));
    },
  });
}

/** One request to each broker: only it knows its disks. */
export async function replicaSizes(
  session: Session,
  brokers: readonly number[],
): Promise<ReadonlyMap<number, ReadonlyMap<string, number>>> {
  const sizes = await Promise.all(
    brokers.map(async (broker) => {
      const directories = await session.read(describeLogDirs, undefined, broker);
      // A broker has at least one directory, so none at all is its way of refusing.
      if (directories.length === 0) throw readFailure('DescribeLogDirs', { code: clusterAuthorizationFailed, message: null });
      const replicas = directories.flatMap(({ sizes }) => byPartitionKey(sizes));
      return [broker, new Map(replicas.map(([key, bytes]) => [key, Number(bytes)]))] as const;
    }),
  );
  return new Map(sizes);
}
