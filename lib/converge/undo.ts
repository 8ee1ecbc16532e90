import type { QuotaEntry, QuotaLimit } from '../kafka';
import type { AclEntry } from '../model';
import type { DesiredUser } from './desired';

/** `$BOOTSTRAP` stands for what the reader's own tools need to reach the cluster. */
const server = '--bootstrap-server $BOOTSTRAP';

/** A word as a shell takes it. */
function quoted(word: string): string {
  return /^[\w.@:/=,-]+$/.test(word) ? word : `'${word.replaceAll("'", "'\\''")}'`;
}

export function undoTopicCreation(topic: string): readonly string[] {
  return [`kafka-topics.sh ${server} --delete --topic ${quoted(topic)}`];
}

/** The brokers that partitions had before, by their ids. */
export function undoPlacement(topic: string, before: ReadonlyMap<number, readonly number[]>): string {
  const partitions = [...before].map(([partition, replicas]) => ({ topic, partition, replicas }));
  const json = JSON.stringify({ version: 1, partitions });
  return `kafka-reassign-partitions.sh ${server} --execute --reassignment-json-file <(echo ${quoted(json)})`;
}

/** What was set on the topic before is set again, what was not is taken away. */
export function undoConfig(
  topic: string,
  set: readonly string[],
  reset: readonly string[],
  before: ReadonlyMap<string, string>,
): readonly string[] {
  const alter = `kafka-configs.sh ${server} --alter --entity-type topics --entity-name ${quoted(topic)}`;
  const [kept, added] = [[...set, ...reset].filter((key) => before.has(key)), set.filter((key) => !before.has(key))];
  const again = kept.map((key) => {
    const value = before.get(key) ?? '';
    return `${key}=${value.includes(',') ? `[${value}]` : value}`;
  });
  return [
    ...(again.length === 0 ? [] : [`${alter} --add-config ${quoted(again.join(','))}`]),
    ...(added.length === 0 ? [] : [`${alter} --delete-config ${quoted(added.join(','))}`]),
  ];
}

export function undoUser({ user, mechanism }: Pick<DesiredUser, 'user' | 'mechanism'>): readonly string[] {
  return [`kafka-configs.sh ${server} --alter --entity-type users --entity-name ${quoted(user)} --delete-config ${mechanism}`];
}

const resourceOptions: Readonly<Record<AclEntry['resourceType'], string>> = {
  TOPIC: '--topic',
  GROUP: '--group',
  CLUSTER: '--cluster',
  TRANSACTIONAL_ID: '--transactional-id',
  DELEGATION_TOKEN: '--delegation-token',
};

/** One command for all operations on a resource from one host. */
export function undoAcls(entries: readonly AclEntry[], action: 'add' | 'remove'): readonly string[] {
  const commands = new Map<string, string[]>();
  for (const { principal, host, operation, permission, resourceType, resourceName, patternType } of entries) {
    const [who, from] = permission === 'ALLOW' ? ['--allow-principal', '--allow-host'] : ['--deny-principal', '--deny-host'];
    const resource = resourceType === 'CLUSTER' ? '--cluster' : `${resourceOptions[resourceType]} ${quoted(resourceName)}`;
    const pattern = patternType === 'PREFIXED' ? ' --resource-pattern-type prefixed' : '';
    const force = action === 'remove' ? ' --force' : '';
    const command = `kafka-acls.sh ${server} --${action}${force} ${who} ${quoted(principal)} ${from} ${quoted(host)} ${resource}${pattern}`;
    const operations = commands.get(command);
    if (operations === undefined) commands.set(command, [operation]);
    else operations.push(operation);
  }
  return [...commands].map(
    ([command, operations]) => `${command}${operations.map((operation) => ` --operation ${toolName(operation)}`).join('')}`,
  );
}

/** `DESCRIBE_CONFIGS` as the tool writes it: `DescribeConfigs`. */
function toolName(operation: string): string {
  return operation
    .toLowerCase()
    .split('_')
    .map((word) => word.charAt(0).toUpperCase() + word.slice(1))
    .join('');
}

export function undoQuota(
  { user, clientId, ip }: Pick<QuotaEntry, 'user' | 'clientId' | 'ip'>,
  changes: readonly (readonly [QuotaLimit, number | null])[],
  before: Readonly<Partial<Record<QuotaLimit, number>>>,
): readonly string[] {
  const entity = (type: string, name: string | null | undefined) =>
    name === undefined ? '' : ` --entity-type ${type} ${name === null ? '--entity-default' : `--entity-name ${quoted(name)}`}`;
  const alter = `kafka-configs.sh ${server} --alter${entity('users', user)}${entity('clients', clientId)}${entity('ips', ip)}`;
  const kept = changes.filter(([limit]) => before[limit] !== undefined).map(([limit]) => `${limit}=${before[limit]}`);
  const added = changes.filter(([limit]) => before[limit] === undefined).map(([limit]) => limit);
  return [
    ...(kept.length === 0 ? [] : [`${alter} --add-config ${kept.join(',')}`]),
    ...(added.length === 0 ? [] : [`${alter} --delete-config ${added.join(',')}`]),
  ];
}
