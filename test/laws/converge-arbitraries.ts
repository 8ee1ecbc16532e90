import fc from 'fast-check';
import type { Desired, DesiredTopic } from '../../lib/converge';
import { type QuotaEntry, quotaKey } from '../../lib/kafka';
import { type AclEntry, aclKey, aclSet } from '../../lib/model';
import { putTopic, type TestCluster, testCluster } from '../support/converge/cluster';
import { desiredWith } from '../support/converge/desired';

/** How many cases to try: as many as given, times LAW_CASES. */
export function cases(usual: number): number {
  return usual * Number(process.env.LAW_CASES ?? 1);
}

/** How long a law may take, in milliseconds. */
export const patienceMs = 120_000 * Number(process.env.LAW_CASES ?? 1);

const topicNames = ['a', 'b', 'c', 'd', 'kept-e'] as const;
const settings = {
  'retention.ms': ['1000', '2000'],
  'cleanup.policy': ['compact', 'delete'],
  'max.message.bytes': ['1000', '2000'],
} as const;

const config = fc.record(
  {
    'retention.ms': fc.constantFrom(...settings['retention.ms']),
    'cleanup.policy': fc.constantFrom(...settings['cleanup.policy']),
    'max.message.bytes': fc.constantFrom(...settings['max.message.bytes']),
  },
  { requiredKeys: [] },
);

const topic = fc.record({
  name: fc.constantFrom(...topicNames),
  partitions: fc.integer({ min: 1, max: 4 }),
  replicationFactor: fc.integer({ min: 1, max: 3 }),
  config: config as fc.Arbitrary<Record<string, string>>,
});

const acl: fc.Arbitrary<AclEntry> = fc.record({
  principal: fc.constantFrom('User:x', 'User:y'),
  host: fc.constantFrom('*', '10.0.0.1'),
  operation: fc.constantFrom('READ', 'WRITE'),
  permission: fc.constantFrom('ALLOW', 'DENY'),
  resourceType: fc.constantFrom('TOPIC', 'GROUP'),
  resourceName: fc.constantFrom('a', 'b'),
  patternType: fc.constantFrom('LITERAL', 'PREFIXED'),
});

const quota: fc.Arbitrary<QuotaEntry> = fc.record({
  user: fc.constantFrom('x', 'y', null),
  limits: fc.constantFrom({ producer_byte_rate: 100 }, { consumer_byte_rate: 5 }, { producer_byte_rate: 200, consumer_byte_rate: 10 }),
});

const subjectOf = ({ user }: QuotaEntry) => (user === undefined ? '0' : JSON.stringify(user));

/** Any desired state over few names, so that two of them overlap. Users are left out: each costs a slow hash. */
export const desired: fc.Arbitrary<Desired> = fc
  .record({
    topics: fc.uniqueArray(topic, { selector: ({ name }) => name }) as fc.Arbitrary<DesiredTopic[]>,
    acls: fc.array(acl, { maxLength: 5 }),
    quotas: fc.uniqueArray(quota, { selector: subjectOf, maxLength: 3 }),
    deleteTopics: fc.boolean(),
    configPolicy: fc.constantFrom('own-all', 'own-declared'),
    protectedTopics: fc.constantFrom([], ['kept-*']),
  })
  .map(({ topics, acls, quotas, ...rest }) =>
    desiredWith({
      ...rest,
      topics: [...topics].sort((a, b) => (a.name < b.name ? -1 : 1)),
      acls: aclSet(acls),
      quotas: [...quotas].sort((a, b) => (subjectOf(a) < subjectOf(b) ? -1 : 1)),
    }),
  );

/** What was in a cluster before anybody converged it: all of it foreign. */
export const foreign: fc.Arbitrary<() => TestCluster> = fc
  .record({
    topics: fc.uniqueArray(topic, { selector: ({ name }) => name, maxLength: 3 }),
    acls: fc.array(acl, { maxLength: 3 }),
    quotas: fc.uniqueArray(quota, { selector: subjectOf, maxLength: 1 }),
  })
  .map(({ topics, acls, quotas }) => () => {
    const cluster = testCluster();
    for (const { name, partitions, replicationFactor, config: values } of topics) {
      const replicas = Array.from({ length: partitions }, () => Array.from({ length: replicationFactor }, (_, index) => index + 1));
      putTopic(cluster, name, replicas, values as Record<string, string>);
    }
    for (const entry of aclSet(acls)) cluster.memory.state.acls.set(aclKey(entry), entry);
    for (const entry of quotas) cluster.memory.state.quotas.set(quotaKey(entry), entry);
    return cluster;
  });
