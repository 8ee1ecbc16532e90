import type { Operation } from '../access';
import { accountsOf, aclsOf } from '../acl';
import { type AclEntry, type AclResourceType, clusterResource } from '../acl-entry';
import type { Environment } from '../environment';
import { namePattern } from '../name-pattern';
import type { Path } from '../problem';
import type { Finding, Rule } from './rule';
import { joinedList, quotedList } from './words';

/** What Kafka lets one do to each kind of resource. */
const applicable: Readonly<Record<AclResourceType, readonly Operation[]>> = {
  TOPIC: ['ALL', 'READ', 'WRITE', 'CREATE', 'DELETE', 'ALTER', 'DESCRIBE', 'DESCRIBE_CONFIGS', 'ALTER_CONFIGS'],
  GROUP: ['ALL', 'READ', 'DELETE', 'DESCRIBE', 'DESCRIBE_CONFIGS', 'ALTER_CONFIGS'],
  CLUSTER: ['ALL', 'CREATE', 'ALTER', 'DESCRIBE', 'CLUSTER_ACTION', 'DESCRIBE_CONFIGS', 'ALTER_CONFIGS', 'IDEMPOTENT_WRITE'],
  TRANSACTIONAL_ID: ['ALL', 'WRITE', 'DESCRIBE'],
  DELEGATION_TOKEN: ['ALL', 'DESCRIBE'],
};

interface PlacedOperations {
  readonly path: Path;
  readonly type: AclResourceType;
  readonly operations: readonly Operation[];
}

function operationsIn({ access, topicAccess }: Environment): PlacedOperations[] {
  const byTopic = Object.entries(topicAccess).flatMap(([topic, { producers, consumers }]) =>
    Object.entries({ producers, consumers }).flatMap(([role, list]) =>
      list.map(
        ({ operations }, index): PlacedOperations => ({
          path: ['topicAccess', topic, role, index, 'operations'],
          type: 'TOPIC',
          operations,
        }),
      ),
    ),
  );
  const raw = access.flatMap((intent, index): PlacedOperations[] =>
    intent.intent === 'raw' ? [{ path: ['access', index, 'operations'], type: intent.resourceType, operations: intent.operations }] : [],
  );
  return [...byTopic, ...raw];
}

function covers(deny: AclEntry, entry: AclEntry): boolean {
  if (deny.resourceType !== entry.resourceType || (deny.operation !== 'ALL' && deny.operation !== entry.operation)) return false;
  if (deny.principal !== entry.principal && deny.principal !== 'User:*') return false;
  if (deny.host !== '*' && deny.host !== entry.host) return false;
  if (deny.resourceName === '*' && deny.patternType === 'LITERAL') return true;
  if (deny.patternType === 'PREFIXED') return entry.resourceName.startsWith(deny.resourceName);
  return entry.patternType === 'LITERAL' && deny.resourceName === entry.resourceName;
}

/** A DENY wins over every ALLOW: what it covers was granted in vain. */
function checkShadowed(environment: Environment): Finding[] {
  if (!environment.access.some((intent) => intent.intent === 'raw' && intent.permission === 'DENY')) return [];
  const acls = aclsOf(environment);
  const allowed = acls.filter(({ permission }) => permission === 'ALLOW');
  return environment.access.flatMap((intent, index) => {
    if (intent.intent !== 'raw' || intent.permission !== 'DENY') return [];
    const denied = aclsOf({ ...environment, topicAccess: {}, access: [intent] });
    const shadowed = allowed.filter((entry) => denied.some((deny) => covers(deny, entry)));
    if (shadowed.length === 0) return [];
    const first = shadowed[0];
    const more = shadowed.length === 1 ? '' : ` and ${shadowed.length - 1} more`;
    const message = `this DENY takes back what is granted elsewhere: ${first?.operation} of ${first?.principal} on ${first?.resourceType} "${first?.resourceName}"${more}; remove one of the two`;
    return [{ path: ['access', index], message }];
  });
}

/** Who reads as a group, by the principal of the file: the members of a user group share its groups on purpose. */
function checkSharedGroups(environment: Environment): Finding[] {
  const uses = [
    ...Object.entries(environment.topicAccess).flatMap(([topic, { consumers }]) =>
      consumers.flatMap(({ principal, consumerGroups }, index) =>
        consumerGroups.map((group, position) => ({
          group,
          principal,
          path: ['topicAccess', topic, 'consumers', index, 'consumerGroups', position] as Path,
        })),
      ),
    ),
    ...environment.access.flatMap((intent, index) =>
      intent.intent === 'consumer'
        ? intent.groups.map((group, position) => ({
            group,
            principal: intent.principal,
            path: ['access', index, 'groups', position] as Path,
          }))
        : [],
    ),
  ];
  const identity = (principal: string): string => [...accountsOf(environment, principal)].sort().join();
  return uses.flatMap(({ group, principal, path }, index) => {
    const earlier = uses.slice(0, index).find((use) => namePattern(use.group)(group) && identity(use.principal) !== identity(principal));
    return earlier === undefined
      ? []
      : [
          {
            path,
            message: `consumer group "${group}" is read by ${quotedList([earlier.principal, principal])}: they would take each other's records; give each a group of its own`,
          },
        ];
  });
}

export const accessRules: readonly Rule[] = [
  {
    code: 'access/operation-not-applicable',
    severity: 'error',
    reason: 'Kafka refuses an ACL with an operation its resource does not know.',
    check: (environment) =>
      operationsIn(environment).flatMap(({ path, type, operations }) =>
        operations.flatMap((operation, index) =>
          applicable[type].includes(operation)
            ? []
            : [
                {
                  path: [...path, index],
                  message: `operation ${operation} does not exist for ${type}; use ${joinedList(applicable[type])}`,
                },
              ],
        ),
      ),
  },
  {
    code: 'access/cluster-name',
    severity: 'error',
    reason: 'There is one resource of type CLUSTER, and its name is fixed.',
    check: ({ access }) =>
      access.flatMap((intent, index) =>
        intent.intent === 'raw' && intent.resourceType === 'CLUSTER' && intent.resourceName !== clusterResource
          ? [
              {
                path: ['access', index, 'resourceName'],
                message: `resource "${intent.resourceName}" of type CLUSTER does not exist; write ${clusterResource}`,
              },
            ]
          : [],
      ),
  },
  {
    code: 'access/consumer-without-group',
    severity: 'warning',
    reason: 'A consumer that may join no group can read only partitions it names itself.',
    check: ({ topicAccess }) =>
      Object.entries(topicAccess).flatMap(([topic, { consumers }]) =>
        consumers.flatMap(({ principal, consumerGroups, operations }, index) =>
          consumerGroups.length === 0 && (operations.includes('READ') || operations.includes('ALL'))
            ? [
                {
                  path: ['topicAccess', topic, 'consumers', index],
                  message: `consumer "${principal}" of "${topic}" may join no group; add consumerGroups`,
                },
              ]
            : [],
        ),
      ),
  },
  {
    code: 'access/shadowed-by-deny',
    severity: 'warning',
    reason: 'A DENY wins over every ALLOW.',
    check: checkShadowed,
  },
  {
    code: 'access/shared-group',
    severity: 'warning',
    reason: 'Members of one group share the records between them.',
    check: checkSharedGroups,
  },
];
