import type { ConfigEntry, KafkaAdmin, TopicDescription } from '../kafka';
import { quotaKey } from '../kafka';
import { aclKey } from '../model';
import { readGroupOffsets } from './live-groups';
import { sameValue } from './same-value';
import { type Step, serviceKinds } from './step';

/** How long a write may take to show, in milliseconds. */
export interface Patience {
  readonly withinMs: number;
}

/**
 * Reads until every step shows in what the cluster answers, since brokers answer from metadata of their own that may lag behind a write.
 * Gives those that still don't when the time is up.
 */
export async function notShown(steps: readonly Step[], admin: KafkaAdmin, { withinMs }: Patience): Promise<readonly Step[]> {
  const deadline = Date.now() + withinMs;
  const written = steps.filter(({ kind }) => kind !== 'refuse' && kind !== 'record' && !serviceKinds.includes(kind));
  // ACLs can only be asked for all at once, and with KRaft brokers take them last: so they are not asked for while other things lack.
  const isAcls = ({ kind }: Step) => kind === 'create-acls' || kind === 'delete-acls';
  const others = await lacking(
    written.filter((step) => !isAcls(step)),
    admin,
    deadline,
  );
  return [...others, ...(await lacking(written.filter(isAcls), admin, deadline))];
}

/** Those that don't show at the deadline; each is looked for once in any case. */
async function lacking(steps: readonly Step[], admin: KafkaAdmin, deadline: number): Promise<readonly Step[]> {
  let waiting = steps;
  for (let pause = 5; waiting.length > 0; pause = Math.min(pause * 2, 500)) {
    const shows = await look(waiting, admin);
    waiting = waiting.filter((step) => !shows(step));
    if (waiting.length === 0 || Date.now() > deadline) break;
    await new Promise((resolve) => setTimeout(resolve, pause));
  }
  return waiting;
}

/** Reads what the steps wrote, each kind of thing once. */
async function look(steps: readonly Step[], admin: KafkaAdmin): Promise<(step: Step) => boolean> {
  const of = (...kinds: readonly Step['kind'][]) => steps.filter(({ kind }) => kinds.includes(kind));
  const named = of('create-topic', 'add-partitions', 'change-replication', 'delete-topic').flatMap((step) =>
    'topic' in step ? [step.topic] : [],
  );
  const configured = steps.flatMap((step) => (step.kind === 'set-config' ? [step] : []));
  const keys = configured.flatMap(({ set, reset }) => [...Object.keys(set), ...reset]);
  const settings = steps.flatMap((step) => (step.kind === 'set-broker-config' ? [step] : []));
  const groups = new Set(steps.flatMap((step) => (step.kind === 'set-group-offsets' ? [step.group] : [])));
  const [topics, configs, acls, users, quotas, brokers, offsets] = await Promise.all([
    named.length === 0 ? [] : admin.topics([...new Set(named)]),
    configured.length === 0
      ? new Map<string, readonly ConfigEntry[]>()
      : admin.topicConfigs(
          configured.map(({ topic }) => topic),
          [...new Set(keys)],
        ),
    of('create-acls', 'delete-acls').length === 0 ? [] : admin.acls(),
    of('upsert-user', 'delete-user').length === 0 ? new Map() : admin.scramUsers(),
    of('set-quota').length === 0 ? [] : admin.quotas(),
    settings.length === 0
      ? new Map<number | 'all', readonly ConfigEntry[]>()
      : admin.brokerConfigs(
          settings.map(({ broker }) => broker),
          [...new Set(settings.flatMap(({ set }) => Object.keys(set)))],
        ),
    readGroupOffsets([...groups], admin),
  ]);
  const topicOf = new Map(topics.map((topic) => [topic.name, topic]));
  const aclKeys = new Set(acls.map(aclKey));
  const limitsOf = new Map(quotas.map((entry) => [quotaKey(entry), entry.limits]));
  const hasUser = (user: string, mechanism: string) =>
    (users.get(user) ?? []).some((credential: { readonly mechanism: string }) => credential.mechanism === mechanism);
  return (step) => {
    switch (step.kind) {
      case 'create-topic':
        return isServed(topicOf.get(step.topic), step.partitions);
      case 'add-partitions':
        return isServed(topicOf.get(step.topic), step.to);
      case 'change-replication':
        return (
          topicOf.get(step.topic)?.partitions.every(({ id, replicas }) => {
            const wanted = step.moves[id];
            return replicas.length === step.to && (wanted === undefined || wanted.every((broker) => replicas.includes(broker)));
          }) ?? false
        );
      case 'delete-topic':
        return !topicOf.has(step.topic);
      case 'set-config': {
        const entries = new Map((configs.get(step.topic) ?? []).map((entry) => [entry.key, entry]));
        const own = (key: string) => (entries.get(key)?.source === 'topic' ? entries.get(key)?.value : undefined);
        return (
          Object.entries(step.set).every(([key, value]) => sameValue(key, own(key) ?? '\u0000', value)) &&
          step.reset.every((key) => own(key) === undefined)
        );
      }
      case 'create-acls':
        return step.entries.every((entry) => aclKeys.has(aclKey(entry)));
      case 'delete-acls':
        return step.entries.every((entry) => !aclKeys.has(aclKey(entry)));
      case 'upsert-user':
        return hasUser(step.user, step.mechanism);
      case 'delete-user':
        return !hasUser(step.user, step.mechanism);
      case 'set-quota': {
        const limits = limitsOf.get(quotaKey(step.quota)) ?? {};
        return Object.entries(step.quota.limits).every(([limit, value]) => (limits[limit as keyof typeof limits] ?? null) === value);
      }
      case 'set-broker-config': {
        const values = new Map((brokers.get(step.broker) ?? []).map(({ key, value }) => [key, value]));
        return Object.entries(step.set).every(([key, value]) => sameValue(key, values.get(key) ?? '\u0000', value));
      }
      case 'set-group-offsets':
        return Object.entries(step.offsets).every(([key, offset]) => offsets.get(step.group)?.get(key) === BigInt(offset));
      case 'set-compatibility':
      case 'register-schema':
      case 'delete-subject':
      case 'put-connector':
      case 'set-connector-state':
      case 'delete-connector':
      case 'record':
      case 'refuse':
        return true;
    }
  };
}

function isServed(topic: TopicDescription | undefined, partitions: number): boolean {
  return topic !== undefined && topic.partitions.length >= partitions && topic.partitions.every(({ leader }) => leader !== undefined);
}
