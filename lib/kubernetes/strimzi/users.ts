import type { Construct } from 'constructs';
import { type AclEntry, accountSecret, aclsOf, type Environment, kubernetesSecret, type Quota } from '../../model';
import { createStrimzi, type KafkaUserSpec, type StrimziAclRule } from '../custom-resources/strimzi';
import { strimziMetadata } from './names';

const resourceTypes = { TOPIC: 'topic', GROUP: 'group', CLUSTER: 'cluster', TRANSACTIONAL_ID: 'transactionalId' } as const;

/** `DESCRIBE_CONFIGS` as the operator writes it: `DescribeConfigs`. */
function strimziOperation(operation: string): string {
  return operation
    .split('_')
    .map((word) => `${word.slice(0, 1)}${word.slice(1).toLowerCase()}`)
    .join('');
}

function resourceOf({ resourceType, resourceName, patternType }: AclEntry): StrimziAclRule['resource'] | undefined {
  if (resourceType === 'DELEGATION_TOKEN') return undefined;
  const type = resourceTypes[resourceType];
  return type === 'cluster' ? { type } : { type, name: resourceName, patternType: patternType === 'PREFIXED' ? 'prefix' : 'literal' };
}

/** ACLs as rules: one for each resource, host and permission, with all its operations. */
function aclRules(acls: readonly AclEntry[]): readonly StrimziAclRule[] {
  const rules = new Map<string, StrimziAclRule>();
  for (const acl of acls) {
    const resource = resourceOf(acl);
    if (resource === undefined) continue;
    const type = acl.permission === 'DENY' ? 'deny' : 'allow';
    const key = JSON.stringify([type, resource, acl.host]);
    const operations = [...(rules.get(key)?.operations ?? []), strimziOperation(acl.operation)].sort();
    rules.set(key, { type, resource, host: acl.host, operations });
  }
  return [...rules.values()];
}

function quotasOf(quota: Quota | undefined): Pick<KafkaUserSpec, 'quotas'> {
  if (quota === undefined) return {};
  const { user: _, clientId: __, ...limits } = quota;
  return { quotas: Object.fromEntries(Object.entries(limits).filter((entry): entry is [string, number] => entry[1] !== undefined)) };
}

/** What an account may do, where Kafka asks; nothing for one that is granted nothing. */
export function userGrants(environment: Environment, account: string): Pick<KafkaUserSpec, 'authorization'> {
  const granted = environment.authorization === 'acl' ? aclsOf(environment) : [];
  const acls = aclRules(granted.filter(({ principal }) => principal === `User:${account}`));
  return acls.length === 0 ? {} : { authorization: { type: 'simple', acls } };
}

/** The accounts of an environment, each with its grants and its quota. Passwords stay in the Secrets that the environment names. */
export function createUsers(scope: Construct, environment: Environment): void {
  for (const [account, { authentication }] of Object.entries(environment.serviceAccounts)) {
    const quota = environment.quotas.find(({ user, clientId }) => user === account && clientId === undefined);
    const secretKeyRef = kubernetesSecret(environment, accountSecret(environment, account));
    createStrimzi(scope, `User-${account}`, 'KafkaUser', strimziMetadata(environment, 'user', account), {
      authentication: authentication === 'mtls' ? { type: 'tls' } : { type: 'scram-sha-512', password: { valueFrom: { secretKeyRef } } },
      ...userGrants(environment, account),
      ...quotasOf(quota),
    });
  }
}
