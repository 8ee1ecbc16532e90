import { describe, expect, it } from '@jest/globals';
import { changeOwnership, plan, readLive, renderPlan, renderResult } from '../../lib/converge';
import type { AclEntry } from '../../lib/model';
import { converge, planFor, portsOf, putTopic, recordOf, testCluster } from '../support/converge/cluster';
import { desiredWith } from '../support/converge/desired';

const topic = { name: 'orders', partitions: 6, replicationFactor: 3, config: { 'retention.ms': '604800000' } };
const read: AclEntry = {
  principal: 'User:billing',
  host: '*',
  operation: 'READ',
  permission: 'ALLOW',
  resourceType: 'TOPIC',
  resourceName: 'orders',
  patternType: 'LITERAL',
};
const wanted = desiredWith({
  topics: [topic],
  acls: [read, { ...read, resourceType: 'GROUP', resourceName: 'billing-', patternType: 'PREFIXED' }],
  users: [{ user: 'billing', mechanism: 'SCRAM-SHA-512', secret: 'billing-password' }],
  quotas: [{ user: 'billing', limits: { consumer_byte_rate: 1000 } }],
});

function clusterWithSecret() {
  const cluster = testCluster();
  cluster.secrets.set('billing-password', 'correct-horse-battery-staple');
  return cluster;
}

describe('the plan as text', () => {
  it('says what an empty cluster lacks, users and grants first', async () => {
    expect(renderPlan(await planFor(wanted, portsOf(clusterWithSecret())))).toBe(
      `orders-production on cluster 4L6g3nShT-eMCtK--X86sw: 4 steps

  + user billing/SCRAM-SHA-512: new, from the secret billing-password
  + ACLs of User:billing: 2 ACLs
      ALLOW User:billing READ on topic orders
      ALLOW User:billing READ on group billing-*
  ~ quota of user=billing: consumer_byte_rate 1000
      affects: user=billing is slowed down above the limit
  + topic orders: 6 partitions, 3 replicas, retention.ms=604800000
`,
    );
  });

  it('says who is affected by what is dangerous, and that there is no way back', async () => {
    const cluster = clusterWithSecret();
    await converge(wanted, portsOf(cluster));
    const { topics, groups } = cluster.memory.state;
    for (const partition of topics.get('orders')?.partitions ?? []) partition.size = 2 ** 20;
    groups.set('billing-1', { description: { group: 'billing-1', state: 'stable', members: 2, topics: ['orders'] }, offsets: new Map() });
    const changed = { ...wanted, topics: [{ ...topic, partitions: 12, config: { 'retention.ms': '1000' } }] };
    expect(renderPlan(await planFor(changed, portsOf(cluster)))).toBe(
      `orders-production on cluster 4L6g3nShT-eMCtK--X86sw: 2 steps

  ~ topic orders: partitions 6 → 12 [irreversible]
      affects: records of one key may go to another partition than before, so their order across the change is lost
      affects: consumer group billing-1
      undo: none
  ~ topic orders: retention.ms 604800000 → 1000 [data-loss]
      affects: up to 6 MiB of records are deleted: those beyond the new limit
      undo: kafka-configs.sh --bootstrap-server $BOOTSTRAP --alter --entity-type topics --entity-name orders --add-config retention.ms=604800000
`,
    );
  });

  it('refuses fewer partitions, and what is there and not owned, with the remedy', async () => {
    const cluster = testCluster();
    putTopic(
      cluster,
      'orders',
      Array.from({ length: 8 }, () => [1, 2, 3]),
    );
    const only = desiredWith({ topics: [topic] });
    expect(renderPlan(await planFor(only, portsOf(cluster)))).toBe(
      `orders-production on cluster 4L6g3nShT-eMCtK--X86sw: nothing to do, 1 refused

  ! topic orders: it exists, differs from what is declared, and is not owned
      remedy: kafkon topics <environment> adopt orders
`,
    );
    await changeOwnership(only, portsOf(cluster), { kind: 'topics', action: 'adopt', names: ['orders'] });
    expect(renderPlan(await planFor(only, portsOf(cluster)))).toContain(
      `  ! topic orders: it has 8 partitions and 6 are declared, and Kafka can't take partitions away
      remedy: declare 8, or make a topic with another name and move to it
`,
    );
  });

  it('is a table for a pull request', async () => {
    const cluster = testCluster();
    expect(renderPlan(await planFor(desiredWith({ topics: [topic] }), portsOf(cluster)), 'markdown')).toBe(
      `### orders-production on cluster \`4L6g3nShT-eMCtK--X86sw\`: 1 step

| | what | change | class | affects | undo |
|---|---|---|---|---|---|
| + | topic orders | 6 partitions, 3 replicas, retention.ms=604800000 | online |  | \`kafka-topics.sh --bootstrap-server $BOOTSTRAP --delete --topic orders\` |
`,
    );
  });

  it('holds no password, in any form', async () => {
    const cluster = clusterWithSecret();
    const made = await planFor(wanted, portsOf(cluster));
    const result = await converge(wanted, portsOf(cluster));
    const texts = (['text', 'json', 'markdown'] as const).flatMap((form) => [renderPlan(made, form), renderResult(made, result, form)]);
    expect(texts.join('')).not.toContain('correct-horse');
    expect(JSON.stringify([...(await recordOf(cluster)).users])).not.toContain('correct-horse');
  });
});

describe('the result as text', () => {
  it('says what was done, and what was not and why', async () => {
    const cluster = clusterWithSecret();
    await converge(wanted, portsOf(cluster));
    const changed = { ...wanted, topics: [{ ...topic, partitions: 7 }], quotas: [] };
    const made = plan(changed, await readLive(changed, portsOf(cluster)));
    const result = await converge(changed, portsOf(cluster), { showWithinMs: 200 });
    expect(renderResult(made, result)).toBe(
      `  done quota of user=billing: consumer_byte_rate 1000 → default
  skipped topic orders: partitions 6 → 7: it needs --allow irreversible [needs-consent]
orders-production on cluster 4L6g3nShT-eMCtK--X86sw: 1 of 2 done
`,
    );
  });
});
