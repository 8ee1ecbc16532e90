import type { KafkaAdmin, Outcome } from '../kafka';
import { quotaKey } from '../kafka';
import { aclKey } from '../model';
import { userKey } from './desired';
import type { ServicePorts } from './live-services';
import { type MoveOptions, moveReplicas } from './move-replicas';
import { failed, isDoubtful, ofItems, type StepOutcome, skipped } from './outcome';
import type { OwnedUser } from './ownership';
import { performConnectors } from './perform-connectors';
import { performGroupOffsets } from './perform-group-offsets';
import { performSchemas } from './perform-schemas';
import { scramIterations } from './plan-users';
import { passwordFingerprint, type SecretSource } from './secrets';
import type { Step } from './step';

/** What steps are done with, and what is kept of doing them. */
export interface Workshop {
  readonly admin: KafkaAdmin;
  readonly secrets: SecretSource;
  readonly moving: MoveOptions;
  /** By `aclKey`: ACLs that were not made or not removed. */
  readonly failedAcls: Set<string>;
  /** Passwords that were set, by `userKey`. */
  readonly passwords: Map<string, OwnedUser>;
  /** What has become of the steps before. */
  readonly outcomeOf: (id: string) => StepOutcome | undefined;
  readonly now: () => Date;
  readonly services: ServicePorts;
  /** How long a service, or another broker, may take to show what was written, in milliseconds. */
  readonly showWithinMs: number;
}

type Of<Kind extends Step['kind']> = Extract<Step, { kind: Kind }>;

/** Does all steps of one kind in one call. What depends on a step that failed is skipped. */
export async function perform(kind: Step['kind'], all: readonly Step[], workshop: Workshop): Promise<readonly StepOutcome[]> {
  const { admin, outcomeOf } = workshop;
  const waiting = all.map((step) => ({ step, blocked: blockedBy(step, outcomeOf) }));
  const idle = waiting.flatMap(({ step, blocked }) => (blocked === undefined ? [] : [skipped(step, 'depends', `${blocked} was not done`)]));
  const steps = waiting.flatMap(({ step, blocked }) => (blocked === undefined ? [step] : []));
  if (steps.length === 0) return idle;
  const only = <Kind extends Step['kind']>(wanted: Kind) => steps.filter((step): step is Of<Kind> => step.kind === wanted);
  const answer = async (
    outcomes: Promise<ReadonlyMap<string, Outcome>>,
    key: (step: Step) => string,
    fine: readonly ('already-exists' | 'not-found')[] = [],
  ) => {
    const given = await outcomes;
    return steps.map((step) => ofItems(step, [given.get(key(step))], fine));
  };
  const topicOf = (step: Step) => ('topic' in step ? step.topic : '');
  const userOf = (step: Step) => ('user' in step ? userKey(step) : '');
  switch (kind) {
    case 'upsert-user':
      return [...idle, ...(await upsertUsers(only(kind), workshop))];
    case 'create-acls':
    case 'delete-acls':
      return [...idle, ...(await changeAcls(kind, [...only('create-acls'), ...only('delete-acls')], workshop))];
    case 'set-quota':
      return [
        ...idle,
        ...(await answer(admin.alterQuotas(only(kind).map(({ quota }) => quota)), (step) =>
          step.kind === 'set-quota' ? quotaKey(step.quota) : '',
        )),
      ];
    case 'set-broker-config': {
      const changes = new Map(only(kind).map(({ broker, set }) => [broker, set]));
      return [...idle, ...(await answer(admin.alterBrokerConfigs(changes), (step) => ('broker' in step ? String(step.broker) : '')))];
    }
    case 'create-topic': {
      const topics = only(kind).map(({ topic, partitions, replicationFactor, assignment, config }) => ({
        name: topic,
        partitions,
        replicationFactor,
        ...(assignment === undefined ? {} : { assignment }),
        config,
      }));
      return [...idle, ...(await answer(admin.createTopics(topics), topicOf, ['already-exists']))];
    }
    case 'change-replication':
      return [...idle, ...(await moveReplicas(only(kind), admin, workshop.moving))];
    case 'add-partitions':
      return [...idle, ...(await answer(admin.createPartitions(new Map(only(kind).map(({ topic, to }) => [topic, to]))), topicOf))];
    case 'set-config': {
      const changes = only(kind).map(
        ({ topic, set, reset }) => [topic, { ...set, ...Object.fromEntries(reset.map((key) => [key, null])) }] as const,
      );
      return [...idle, ...(await answer(admin.alterTopicConfigs(new Map(changes)), topicOf))];
    }
    case 'set-group-offsets':
      return [...idle, ...(await performGroupOffsets(only(kind), { admin, withinMs: workshop.showWithinMs }))];
    case 'delete-user':
      return [
        ...idle,
        ...(await answer(admin.deleteScramUsers(only(kind).map(({ user, mechanism }) => ({ user, mechanism }))), userOf, ['not-found'])),
      ];
    case 'delete-topic':
      return [...idle, ...(await answer(admin.deleteTopics(only(kind).map(({ topic }) => topic)), topicOf, ['not-found']))];
    case 'set-compatibility':
    case 'register-schema':
    case 'delete-subject': {
      const these = [...only('set-compatibility'), ...only('register-schema'), ...only('delete-subject')];
      const { services, showWithinMs, moving } = workshop;
      const bench = { registry: services.registry, withinMs: showWithinMs, prove: moving.prove };
      return [...idle, ...(await performSchemas(these, bench))];
    }
    case 'put-connector':
    case 'set-connector-state':
    case 'delete-connector': {
      const these = [...only('put-connector'), ...only('set-connector-state'), ...only('delete-connector')];
      const { services, secrets, showWithinMs } = workshop;
      return [...idle, ...(await performConnectors(these, { connect: services.connect, secrets, withinMs: showWithinMs }))];
    }
    case 'record':
    case 'refuse':
      return [];
  }
}

/** New partitions take the number of copies of the old ones; what replaces a grant must be there before that goes. */
function blockedBy(step: Step, outcomeOf: Workshop['outcomeOf']): string | undefined {
  const before =
    step.kind === 'add-partitions'
      ? `change-replication ${step.topic}`
      : step.kind === 'delete-acls'
        ? `create-acls ${step.principal}`
        : step.kind === 'set-connector-state'
          ? `put-connector ${step.connector}`
          : undefined;
  if (before === undefined) return undefined;
  const status = outcomeOf(before)?.status;
  return status === undefined || status === 'done' ? undefined : before;
}

async function upsertUsers(
  steps: readonly Of<'upsert-user'>[],
  { admin, secrets, passwords, now }: Workshop,
): Promise<readonly StepOutcome[]> {
  const given = await Promise.all(steps.map(async (step) => ({ step, password: await secrets.read(step.secret) })));
  const known = given.flatMap(({ step, password }) => (password === undefined ? [] : [{ step, password }]));
  const outcomes = await (known.length === 0
    ? new Map<string, Outcome>()
    : admin.upsertScramUsers(
        known.map(({ step: { user, mechanism }, password }) => ({ user, mechanism, iterations: scramIterations, password })),
      ));
  for (const { step, password } of known) {
    if (outcomes.get(userKey(step))?.done === true)
      passwords.set(userKey(step), { password: await passwordFingerprint(password), since: now().toISOString() });
  }
  return given.map(({ step, password }) =>
    password === undefined
      ? failed(step, 'no-secret', `the secret ${step.secret} has no value here`)
      : ofItems(step, [outcomes.get(userKey(step))]),
  );
}

async function changeAcls(
  kind: 'create-acls' | 'delete-acls',
  steps: readonly (Of<'create-acls'> | Of<'delete-acls'>)[],
  { admin, failedAcls }: Workshop,
): Promise<readonly StepOutcome[]> {
  const entries = steps.flatMap((step) => step.entries);
  const outcomes = await (kind === 'create-acls' ? admin.createAcls(entries) : admin.deleteAcls(entries));
  for (const entry of entries) {
    const outcome = outcomes.get(aclKey(entry));
    const reason = outcome === undefined ? 'unknown' : outcome.done ? undefined : outcome.reason;
    // What may have been made stays claimed, and what may not have been removed too.
    const claimed = kind === 'create-acls' && isDoubtful(reason);
    if (reason !== undefined && reason !== 'not-found' && reason !== 'already-exists' && !claimed) failedAcls.add(aclKey(entry));
  }
  return steps.map((step) =>
    ofItems(
      step,
      step.entries.map((entry) => outcomes.get(aclKey(entry))),
      ['not-found', 'already-exists'],
    ),
  );
}
