import { ClusterFailure, type ConnectCluster, type KafkaAdmin, type SchemaRegistry } from '../kafka';
import { aclSet, type Environment, ownershipTopic } from '../model';
import { askingConnect, askingRegistry } from './asking-service';
import { collectConnectors, type DeclaredSecrets } from './backup-connectors';
import { type Backup, type BackupHead, backupFormat } from './backup-format';
import { collectSchemas } from './backup-schemas';
import type { BackupParts } from './backup-writer';
import { OperateError } from './operate-error';

/** What a backup is made from. */
export interface BackupSources {
  readonly environment: Pick<Environment, 'name' | 'clusterId' | 'kafka'>;
  readonly admin: KafkaAdmin;
  /** @default - no schemas */
  readonly registry?: SchemaRegistry;
  /** @default - no connectors */
  readonly connect?: ConnectCluster;
  /** Which settings of connectors hold secrets, beside those whose names say so. @default - none is declared */
  readonly secrets?: DeclaredSecrets;
  /** Name and version of the program. */
  readonly tool: string;
  readonly now: Date;
}

/** Set while replicas move, and taken away again by whoever moves them. */
const passing = /^(leader|follower)\.replication\.throttled\.(replicas|rate)$|^replica\.alter\.log\.dirs\.io\.max/;
/** What belongs to a machine and its key stores. */
const ofMachines = /(^|\.)(ssl|sasl)\.|^listener/;

/** Each group is a request to its coordinator; so many are on their way at once, and no more are kept. */
const groupsAtOnce = 32;

/**
 * Reads everything a cluster knows but its records and secrets. Groups come as they are read. It is not one moment: what is changed
 * meanwhile may be in it or not.
 * @throws OperateError when this is another cluster, or does not show its topics, or the schema registry does not answer
 * @throws ClusterFailure when nobody answers, or this account may not see all of it
 */
export async function collectBackup(sources: BackupSources): Promise<{ readonly head: BackupHead; readonly parts: BackupParts }> {
  const { environment, admin, registry, connect, secrets, tool, now } = sources;
  const { clusterId, brokers } = await admin.cluster();
  if (environment.clusterId !== undefined && environment.clusterId !== clusterId)
    throw new OperateError(
      'wrong-cluster',
      `this is the cluster ${clusterId}, and the environment is pinned to ${environment.clusterId}; look at the address, or pin it anew`,
    );
  if (!(await admin.mayListTopics()))
    throw new OperateError(
      'not-authorized',
      'this account may not see all topics, and a backup without some is none; grant it DESCRIBE on *',
    );
  const [topics, brokerConfigs, acls, users, quotas, schemas, connectors] = await Promise.all([
    readTopics(admin),
    readBrokerConfigs(admin, ['all', ...brokers.map(({ id }) => id)]),
    readAcls(admin),
    admin.scramUsers(),
    admin.quotas(),
    registry === undefined ? null : askingRegistry(() => collectSchemas(registry)),
    connect === undefined ? null : askingConnect(() => collectConnectors(connect, secrets)),
  ]);
  const head: BackupHead = {
    formatVersion: backupFormat,
    tool,
    createdAt: now.toISOString(),
    environment: environment.name,
    clusterId,
    kafkaVersion: `${environment.kafka.version.distribution} ${environment.kafka.version.release}`,
    authorizer: acls !== undefined,
  };
  return {
    head,
    parts: {
      topics,
      brokerConfigs,
      acls: aclSet(acls ?? []).map(({ principal, host, operation, permission, resourceType, resourceName, patternType }) => ({
        principal,
        host,
        operation,
        permission,
        resourceType,
        resourceName,
        patternType,
      })),
      users: byText(
        [...users].flatMap(([user, credentials]) => credentials.map(({ mechanism, iterations }) => ({ user, mechanism, iterations }))),
      ),
      quotas: byText(quotas.map(({ user, clientId, ip, limits }) => ({ ...given({ user, clientId, ip }), limits: ordered(limits) }))),
      groups: readGroups(admin),
      schemas,
      connectors,
    },
  };
}

async function readTopics(admin: KafkaAdmin): Promise<Backup['topics']> {
  const described = (await admin.topics()).filter(({ name, internal }) => !internal && name !== ownershipTopic);
  const configs = described.length === 0 ? new Map() : await admin.topicConfigs(described.map(({ name }) => name));
  const topics = described.map(({ name, partitions }) => ({
    name,
    partitions: partitions.length,
    replicationFactor: Math.max(1, ...partitions.map(({ replicas }) => replicas.length)),
    config: kept(configs.get(name) ?? [], 'topic'),
    placement: partitions.map(({ replicas }) => [...replicas]),
  }));
  return topics.sort((a, b) => (a.name < b.name ? -1 : 1));
}

async function readBrokerConfigs(admin: KafkaAdmin, brokers: readonly (number | 'all')[]): Promise<Backup['brokerConfigs']> {
  const found = await admin.brokerConfigs(brokers);
  return brokers.flatMap((broker) => {
    const config = kept(found.get(broker) ?? [], broker === 'all' ? 'cluster' : 'broker');
    return Object.keys(config).length === 0 ? [] : [{ broker, config }];
  });
}

type Entries = readonly { readonly key: string; readonly value: string | null; readonly source: string }[];

/** Settings that were made by somebody who meant them to stay; what Kafka hides is a secret. */
function kept(entries: Entries, source: string): Record<string, string> {
  return ordered(
    Object.fromEntries(
      entries.flatMap(({ key, value, source: from }): [string, string][] =>
        value === null || from !== source || passing.test(key) || (source !== 'topic' && ofMachines.test(key)) ? [] : [[key, value]],
      ),
    ),
  );
}

/** Undefined where no authorizer runs. */
async function readAcls(admin: KafkaAdmin) {
  try {
    return await admin.acls();
  } catch (error) {
    if (error instanceof ClusterFailure && error.reason === 'unsupported') return undefined;
    throw error;
  }
}

/** Groups that have committed anything, by name; some are asked for while the ones before are written. */
async function* readGroups(admin: KafkaAdmin): AsyncGenerator<Backup['groups'][number]> {
  const names = (await admin.groups()).map(({ group }) => group).sort();
  for (let start = 0; start < names.length; start += groupsAtOnce) {
    const some = names.slice(start, start + groupsAtOnce);
    const offsets = await Promise.all(some.map((group) => admin.groupOffsets(group)));
    for (const [index, group] of some.entries()) {
      const committed = [...(offsets[index] ?? [])].map(([key, offset]): [string, string] => [key, String(offset)]);
      if (committed.length > 0) yield { group, offsets: ordered(Object.fromEntries(committed)) };
    }
  }
}

function ordered<Value>(record: Readonly<Record<string, Value>>): Record<string, Value> {
  return Object.fromEntries(Object.entries(record).sort(([a], [b]) => (a < b ? -1 : 1)));
}

function given<Fields extends object>(fields: Fields): Partial<Fields> {
  return Object.fromEntries(Object.entries(fields).filter(([, value]) => value !== undefined)) as Partial<Fields>;
}

/** In an order that is the same on every machine. */
function byText<Item>(items: readonly Item[]): Item[] {
  return items
    .map((item) => ({ item, text: JSON.stringify(item) }))
    .sort((a, b) => (a.text < b.text ? -1 : 1))
    .map(({ item }) => item);
}
