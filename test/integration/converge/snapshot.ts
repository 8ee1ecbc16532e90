import { ownershipOf, ownershipTopic } from '../../../lib/converge';
import { type KafkaAdmin, quotaKey, type RecordLog } from '../../../lib/kafka';
import { aclKey } from '../../../lib/model';

/** All that a real cluster holds and a plan can change, and what its record says, as plain data in a fixed order. */
export async function snapshotOf(admin: KafkaAdmin, log: RecordLog): Promise<Snapshot> {
  const topics = (await admin.topics()).filter(({ name, internal }) => !internal && name !== ownershipTopic);
  const { brokers } = await admin.cluster();
  const [configs, settings, acls, users, quotas, records] = await Promise.all([
    admin.topicConfigs(topics.map(({ name }) => name)),
    admin.brokerConfigs(brokers.map(({ id }) => id)),
    admin.acls(),
    admin.scramUsers(),
    admin.quotas(),
    log.read(ownershipTopic),
  ]);
  const record = ownershipOf(records ?? new Map());
  return {
    topics: sorted(
      topics.map(({ name, partitions }) => [
        name,
        {
          partitions: partitions.length,
          factor: [...new Set(partitions.map(({ replicas }) => replicas.length))],
          config: sorted((configs.get(name) ?? []).filter(({ source }) => source === 'topic').map(({ key, value }) => [key, value])),
        },
      ]),
    ),
    brokers: sorted([...settings].map(([id, entries]) => [String(id), sorted(entries.map(({ key, value }) => [key, value]))])),
    acls: acls.map(aclKey).sort(),
    users: [...users].flatMap(([user, credentials]) => credentials.map(({ mechanism }) => `${user}/${mechanism}`)).sort(),
    quotas: sorted(quotas.map((entry) => [quotaKey(entry), sorted(Object.entries(entry.limits))])),
    record: {
      topics: sorted(record.topics),
      // A fingerprint has its own salt each time.
      users: sorted([...record.users].map(([name, { password }]) => [name, password === undefined ? 'uncertain' : 'set'])),
      acls: [...record.acls].sort(),
      quotas: sorted(record.quotas),
      moving: [...record.moving],
      throttles: [...record.throttles],
    },
  };
}

/** @see snapshotOf */
export interface Snapshot {
  readonly topics: Readonly<
    Record<string, { readonly partitions: number; readonly factor: readonly number[]; readonly config: Readonly<Record<string, unknown>> }>
  >;
  /** Settings made while they run. */
  readonly brokers: Readonly<Record<string, unknown>>;
  readonly acls: readonly string[];
  readonly users: readonly string[];
  readonly quotas: Readonly<Record<string, unknown>>;
  readonly record: Readonly<Record<string, unknown>>;
}

function sorted<Value>(entries: Iterable<readonly [string, Value]>): Record<string, Value> {
  return Object.fromEntries([...entries].sort(([a], [b]) => (a < b ? -1 : 1)));
}
