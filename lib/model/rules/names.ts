import { derivedName, dnsLabelLimit, statefulSetNameLimit } from '../derived-name';
import type { Environment } from '../environment';
import type { Path } from '../problem';
import type { Finding, Rule } from './rule';
import { repeated } from './words';

interface StatefulSetName {
  readonly path: Path;
  readonly whole: string;
  readonly derived: string;
  readonly owner: string;
}

/** The pool whose StatefulSet bears the bare stem. */
const mainPool = 'brokers';

/** The StatefulSets of an environment: one a pool, one for ZooKeeper. */
function statefulSets({ pools, metadata, platform }: Environment): StatefulSetName[] {
  const { names } = platform.kubernetes;
  const named = (path: Path, owner: string, ...parts: string[]): StatefulSetName => ({
    path,
    owner,
    whole: parts.filter((part) => part !== '').join('-'),
    derived: derivedName(statefulSetNameLimit, ...parts),
  });
  const ofPools = pools.map(({ name }, index) =>
    named(['nodePools', index, 'name'], `the pool "${name}"`, names.kafka, name === mainPool ? '' : name),
  );
  return metadata.mode === 'zookeeper'
    ? [...ofPools, named(['platform', 'kubernetes', 'names', 'zookeeper'], 'ZooKeeper', names.zookeeper)]
    : ofPools;
}

function checkLength(environment: Environment): Finding[] {
  return statefulSets(environment)
    .filter(({ whole }) => whole.length > statefulSetNameLimit)
    .map(({ path, whole, derived, owner }) => ({
      path,
      message: `StatefulSet name "${whole}" of ${owner} has ${whole.length} characters, above ${statefulSetNameLimit}; it becomes "${derived}"; choose shorter names`,
    }));
}

/** Two pools of one name are another rule's. */
function checkCollision(environment: Environment): Finding[] {
  const names = statefulSets(environment);
  return repeated(names, ({ derived }) => derived).flatMap(({ item }) => {
    const other = names.find(({ derived }) => derived === item.derived);
    return other === undefined || other.owner === item.owner
      ? []
      : [{ path: item.path, message: `name "${item.derived}" of ${item.owner} is that of ${other.owner} too; rename one` }];
  });
}

export const nameRules: readonly Rule[] = [
  {
    code: 'name/stateful-set-too-long',
    severity: 'warning',
    platform: 'kubernetes',
    reason: 'Beyond 52 characters the pods of a StatefulSet silently never appear, so its name is cut and ends in a hash.',
    check: checkLength,
  },
  {
    code: 'name/collision',
    severity: 'error',
    platform: 'kubernetes',
    reason: 'Two objects of one kind and name are one object.',
    check: checkCollision,
  },
  {
    code: 'name/topic-folding',
    severity: 'warning',
    reason: 'Topics that differ in capitals only are told apart by Kafka, and not by people, file systems and DNS.',
    check: ({ topics }) =>
      repeated(topics, ({ name }) => name.toLowerCase()).map(({ item }) => ({
        path: ['topics', item.name],
        message: `topic "${item.name}" differs from another only in capitals; rename one`,
      })),
  },
  {
    code: 'name/account-collision',
    severity: 'warning',
    platform: 'kubernetes',
    reason: 'Objects made for an account are named after it in lower case.',
    check: ({ serviceAccounts }) =>
      repeated(Object.keys(serviceAccounts), (name) => derivedName(dnsLabelLimit, name)).map(({ item }) => ({
        path: ['serviceAccounts', item],
        message: `account "${item}" becomes "${derivedName(dnsLabelLimit, item)}", as another does; rename one`,
      })),
  },
  {
    code: 'kubernetes/renewal-after-expiry',
    severity: 'error',
    platform: 'kubernetes',
    reason: 'A certificate is renewed while it still holds.',
    check: ({ platform }) => {
      const { durationDays, renewBeforeDays } = platform.kubernetes.certificates;
      return renewBeforeDays < durationDays
        ? []
        : [
            {
              path: ['platform', 'kubernetes', 'certificates', 'renewBeforeDays'],
              message: `renewBeforeDays ${renewBeforeDays} is not below durationDays ${durationDays}; lower it`,
            },
          ];
    },
  },
];
