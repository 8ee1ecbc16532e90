import { describe, expect, it } from '@jest/globals';
import { readMovingTopics, settledReplicas } from '../../lib/converge/moving-topics';
import { type KafkaAdmin, memoryAdmin } from '../../lib/kafka';
import { putTopic, type TestCluster, testCluster } from '../support/converge/cluster';

/** A cluster in which partitions move, whose moves end before the nth request for moves, and its requests. */
function endingBefore(nth: number): { readonly cluster: TestCluster; readonly admin: KafkaAdmin; readonly asked: string[] } {
  const asked: string[] = [];
  const cluster: TestCluster = testCluster({
    moveRequests: 1_000,
    before: ({ call }) => {
      asked.push(call);
      const { moves, topics } = cluster.memory.state;
      if (asked.filter((each) => each === 'reassignments').length !== nth) return;
      for (const [key, { to }] of moves) {
        const [partition] = topics.get(key.slice(0, -2))?.partitions ?? [];
        if (partition !== undefined) partition.replicas = to;
      }
      moves.clear();
    },
  });
  putTopic(cluster, 'orders', [[1, 2]]);
  return { cluster, admin: memoryAdmin(cluster.memory), asked };
}

async function placesIn(admin: KafkaAdmin, brokers = [1, 2, 3]) {
  const { topics, moves } = await readMovingTopics(
    admin,
    brokers.map((id) => ({ id })),
  );
  return topics.flatMap(({ name, partitions }) => partitions.map((partition) => settledReplicas(name, partition, moves)));
}

describe('the places that replicas will have', () => {
  it('are read in one request where nothing looks as if it moved', async () => {
    const { admin, asked } = endingBefore(1);
    expect(await placesIn(admin)).toEqual([[1, 2]]);
    expect(asked).toEqual(['topics']);
  });

  it('are those of a move that is under way', async () => {
    const { admin } = endingBefore(9);
    await admin.reassign(new Map([['orders-0', [1, 3]]]));
    expect(await placesIn(admin)).toEqual([[1, 3]]);
  });

  it('are no more than were given, where the move ends between the two requests that tell of it', async () => {
    const { admin, asked } = endingBefore(1);
    await admin.reassign(new Map([['orders-0', [1, 3]]]));
    expect(await placesIn(admin)).toEqual([[1, 3]]);
    expect(asked).toEqual(['reassign', 'topics', 'reassignments', 'topics', 'reassignments']);
  });

  it('are taken as they are where a broker is down, at once, and where a copy lags behind, after a moment', async () => {
    const { admin, asked } = endingBefore(9);
    const outOfSync: KafkaAdmin = {
      ...admin,
      topics: async (names) =>
        (await admin.topics(names)).map((topic) => ({ ...topic, partitions: topic.partitions.map((each) => ({ ...each, isr: [1] })) })),
    };
    expect(await placesIn(outOfSync, [1, 3])).toEqual([[1, 2]]);
    expect(asked).toEqual(['topics', 'reassignments']);
    expect(await placesIn(outOfSync)).toEqual([[1, 2]]);
    expect(asked.length).toBe(12);
  });
});
