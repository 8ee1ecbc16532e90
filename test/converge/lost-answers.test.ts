import { describe, expect, it } from '@jest/globals';
import type { Desired } from '../../lib/converge';
import { ClusterFailure, type MemoryRequest, Unanswered } from '../../lib/kafka';
import { aclSet } from '../../lib/model';
import { converge, planFor, portsOf, recordOf, testCluster } from '../support/converge/cluster';
import { desiredWith } from '../support/converge/desired';
import { snapshot } from '../support/converge/snapshot';

const acl = (principal: string, resourceName: string) =>
  ({ principal, host: '*', operation: 'READ', permission: 'ALLOW', resourceType: 'TOPIC', resourceName, patternType: 'LITERAL' }) as const;

const first = desiredWith({
  topics: [
    { name: 'gone', partitions: 1, replicationFactor: 1, config: {} },
    { name: 'orders', partitions: 2, replicationFactor: 2, config: { 'retention.ms': '5000' } },
  ],
  acls: aclSet([acl('User:a', 'orders'), acl('User:b', 'gone')]),
  quotas: [{ user: 'a', limits: { producer_byte_rate: 10 } }],
});
const second: Desired = desiredWith({
  topics: [
    { name: 'new', partitions: 3, replicationFactor: 1, config: { 'cleanup.policy': 'compact' } },
    { name: 'orders', partitions: 4, replicationFactor: 3, config: { 'retention.ms': '6000' } },
  ],
  acls: aclSet([acl('User:a', 'orders'), acl('User:a', 'new')]),
  quotas: [{ user: 'b', limits: { consumer_byte_rate: 20 } }],
  deleteTopics: true,
});

/** A cluster after the first state, whose requests a test can spoil from then on. */
async function clusterAfterFirst() {
  const spoil: { before?: (request: MemoryRequest) => void; after?: (request: MemoryRequest) => void } = {};
  const cluster = testCluster({ before: (request) => spoil.before?.(request), after: (request) => spoil.after?.(request) });
  await converge(first, portsOf(cluster));
  return { cluster, spoil };
}

describe.each([
  ['a request that never arrives', 'before', () => new ClusterFailure('unreachable', 'the connection was cut')],
  ['an answer that is lost', 'after', () => new Unanswered('unreachable', 'the connection was cut')],
] as const)('%s', (_title, moment, failure) => {
  it('at any index is told, and running again ends where an undisturbed run does', async () => {
    const { cluster: straight } = await clusterAfterFirst();
    await converge(second, portsOf(straight));
    const goal = snapshot(straight.memory.state);
    let spoiled = true;
    for (let index = 0; spoiled; index++) {
      const { cluster, spoil } = await clusterAfterFirst();
      let count = 0;
      spoiled = false;
      spoil[moment] = () => {
        if (count++ !== index) return;
        spoiled = true;
        throw failure();
      };
      const told = await converge(second, portsOf(cluster)).then(
        ({ status }) => status,
        (error: unknown) => (error instanceof ClusterFailure ? 'not begun' : Promise.reject(error)),
      );
      expect(['complete', 'partial', 'interrupted', 'not begun']).toContain(told);
      delete spoil[moment];
      await converge(second, portsOf(cluster));
      expect({ index, told, ...snapshot(cluster.memory.state) }).toEqual({ index, told, ...goal });
      expect((await planFor(second, portsOf(cluster))).steps).toEqual([]);
      expect((await recordOf(cluster)).moving).toEqual(new Set());
    }
  }, 60_000);
});
