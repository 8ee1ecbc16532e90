import { quotaKey } from '../kafka';
import { type AclEntry, aclKey, type Kind } from '../model';
import { type Desired, userKey } from './desired';
import type { Findings, Note } from './findings';
import { digest, fingerprint } from './fingerprint';
import { type ClusterState, type Live, type Scope, scopeOf } from './live';
import { scopeRead, serviceBasis, serviceScope } from './live-services';
import type { Ownership } from './ownership';
import { planAcls, relevantPrincipals } from './plan-acls';
import { planBrokerConfigs } from './plan-broker-configs';
import { planConnectors } from './plan-connectors';
import { planGroupOffsets } from './plan-group-offsets';
import { planQuotas } from './plan-quotas';
import { planSchemas } from './plan-schemas';
import { planTopics } from './plan-topics';
import { planUsers } from './plan-users';
import { type RecordOwnership, type Step, stepOrder } from './step';

/** What a live cluster lacks, as plain JSON. Made by `plan` alone, done by `apply` exactly as it stands. */
export interface Plan {
  readonly format: 'kafkon/plan@1';
  readonly environment: string;
  readonly kind: Kind;
  /** The cluster that was looked at. */
  readonly clusterId: string;
  /** Whether the environment names this cluster; otherwise only development is written to. */
  readonly pinned: boolean;
  /** The fingerprint of what is wanted. */
  readonly desired: string;
  /** The fingerprint of what was found. */
  readonly live: string;
  /** The same, subject by subject: what tells whether the plan is stale, and of what. */
  readonly basis: Readonly<Record<string, string>>;
  readonly scope: Scope;
  /** In the order in which they are done. */
  readonly steps: readonly Step[];
  readonly notes: readonly Note[];
}

/** Compares what is wanted with what is there. Pure and deterministic: it reads nothing, asks nothing, and knows no clock. */
export function plan(desired: Desired, live: Live): Plan {
  const found = [
    planUsers(desired, live),
    planAcls(desired, live),
    planQuotas(desired, live),
    planBrokerConfigs(desired, live),
    planTopics(desired, live),
    planGroupOffsets(desired, live),
    planSchemas(desired, live),
    planConnectors(desired, live),
  ];
  const steps = [...found.flatMap((findings) => findings.steps), ...recordStep(found)];
  const scope = scopeOf(desired, live.ownership);
  const services = scopeRead(serviceScope(desired, live.ownership), live);
  const basis = { ...basisOf(subjectsOf(desired, live, steps, scope), live, live.ownership), ...serviceBasis(services, live) };
  return {
    format: 'kafkon/plan@1',
    environment: desired.environment,
    kind: desired.kind,
    clusterId: live.clusterId,
    pinned: desired.clusterId === live.clusterId,
    // Without its ACLs' own fields: their keys say the same, and there may be thousands.
    desired: digest(JSON.stringify({ ...desired, acls: desired.acls.map(aclKey) })),
    live: fingerprint([live.clusterId, basis]),
    basis,
    scope: { ...scope, ...services },
    steps: inOrder(steps),
    notes: found.flatMap(({ notes }) => notes),
  };
}

/** Whether the cluster is not as declared, be it that nothing may be done about it. */
export function isDrift({ steps, notes }: Plan): boolean {
  return steps.length > 0 || notes.some(({ drift }) => drift === true);
}

/** By kind; within a kind by what refers to what, then by subject. */
function inOrder(steps: readonly Step[]): readonly Step[] {
  const rank = new Map(stepOrder.map((kind, index) => [kind, index]));
  const within = (step: Step) => ('rank' in step ? step.rank : 0);
  return [...steps].sort((a, b) => (rank.get(a.kind) ?? 0) - (rank.get(b.kind) ?? 0) || within(a) - within(b) || (a.id < b.id ? -1 : 1));
}

function recordStep(found: readonly Findings[]): readonly RecordOwnership[] {
  const all = found.map(({ outdated }) => outdated ?? {});
  const topics = Object.fromEntries(all.flatMap(({ topics = {} }) => Object.entries(topics)));
  const users = all.flatMap(({ users = [] }) => users);
  const acls = all.flatMap(({ acls = [] }) => acls);
  const quotas = Object.fromEntries(all.flatMap(({ quotas = {} }) => Object.entries(quotas)));
  const schemas = all.flatMap(({ schemas = [] }) => schemas);
  const connectors = all.flatMap(({ connectors = [] }) => connectors);
  const services = { ...(schemas.length === 0 ? {} : { schemas }), ...(connectors.length === 0 ? {} : { connectors }) };
  const count = Object.keys(topics).length + Object.keys(quotas).length + users.length + acls.length;
  if (count + schemas.length + connectors.length === 0) return [];
  return [{ kind: 'record', id: 'record', class: 'no-op', affects: [], undo: [], topics, users, acls, quotas, ...services }];
}

/** The things whose state a plan rests on. */
export interface Subjects {
  readonly topics: readonly string[];
  readonly users: readonly string[];
  readonly principals: readonly string[];
  readonly quotas: readonly string[];
  /** Broker ids, or `all`. */
  readonly brokers: readonly string[];
  readonly groups: readonly string[];
  /** Whether it matters which brokers are in which racks. */
  readonly racks: boolean;
}

const racksSubject = 'racks of brokers';

function subjectsOf(desired: Desired, live: Live, steps: readonly Step[], scope: Scope): Subjects {
  const { ownership } = live;
  return {
    topics: scope.topics,
    users: [...new Set([...desired.users.map(userKey), ...ownership.users.keys()])].sort(),
    principals: relevantPrincipals(desired, live),
    quotas: [...new Set([...desired.quotas.map(quotaKey), ...ownership.quotas.keys()])].sort(),
    brokers: (desired.brokerConfigs ?? []).map(({ broker }) => String(broker)),
    groups: (desired.groupOffsets ?? []).map(({ group }) => group),
    racks: steps.some((step) => step.kind === 'change-replication' && (step.spreads ?? 0) > 0),
  };
}

/** The subjects of a plan that was made earlier. */
export function subjectsOfBasis(basis: Readonly<Record<string, string>>): Subjects {
  const of = (kind: string) =>
    Object.keys(basis)
      .filter((subject) => subject.startsWith(`${kind} `))
      .map((subject) => subject.slice(kind.length + 1));
  return {
    topics: of('topic'),
    users: of('user'),
    principals: of('acls'),
    quotas: of('quota'),
    brokers: of('broker'),
    groups: of('group'),
    racks: racksSubject in basis,
  };
}

/** The fingerprint of each subject as it is now. */
export function basisOf(subjects: Subjects, state: ClusterState, ownership: Ownership): Readonly<Record<string, string>> {
  const basis: [string, string][] = [];
  // Most of thousands of topics are alike.
  const digests = new Map<string, string>();
  for (const name of subjects.topics) {
    const text = topicText(state, name);
    const known = digests.get(text) ?? (text === absent ? absent : digest(text));
    digests.set(text, known);
    basis.push([`topic ${name}`, known]);
  }
  for (const key of subjects.users) basis.push([`user ${key}`, userFingerprint(state, key)]);
  const byPrincipal = aclsByPrincipal(state.acls);
  for (const principal of subjects.principals)
    basis.push([`acls ${principal}`, digest([...(byPrincipal.get(principal) ?? [])].sort().join('\n'))]);
  const quotas = new Map(state.quotas.map((entry) => [quotaKey(entry), entry.limits]));
  for (const subject of subjects.quotas) basis.push([`quota ${subject}`, fingerprint(quotas.get(subject) ?? {})]);
  for (const broker of subjects.brokers)
    basis.push([`broker ${broker}`, fingerprint(state.brokerConfigs?.get(broker === 'all' ? broker : Number(broker)) ?? new Map())]);
  for (const group of subjects.groups) basis.push([`group ${group}`, groupFingerprint(state, group)]);
  if (subjects.racks) basis.push([racksSubject, fingerprint(new Map(state.brokers.map(({ id, rack }) => [String(id), rack ?? ''])))]);
  const { applied: _, ...owned } = ownership;
  basis.push(['ownership', fingerprint(owned)]);
  return Object.fromEntries(basis);
}

/** A move that has come to its end since changes nothing: the places that it was to bring counted before. */
function topicText({ topics }: ClusterState, name: string): string {
  const topic = topics.get(name);
  return topic === undefined ? absent : JSON.stringify([topic.replicas, [...topic.config].sort(([a], [b]) => (a < b ? -1 : 1))]);
}

const absent = 'absent';

function userFingerprint({ users }: ClusterState, key: string): string {
  const slash = key.lastIndexOf('/');
  const credential = users.get(key.slice(0, slash))?.find(({ mechanism }) => mechanism === key.slice(slash + 1));
  return credential === undefined ? 'absent' : String(credential.iterations);
}

/** While a group has members its offsets move by themselves, and nothing is done to them. */
function groupFingerprint({ groups }: ClusterState, name: string): string {
  const group = groups?.get(name);
  if (group === undefined) return 'absent';
  return group.members > 0
    ? 'busy'
    : digest(
        [...group.offsets]
          .map(([key, offset]) => `${key} ${offset}`)
          .sort()
          .join('\n'),
      );
}

function aclsByPrincipal(acls: ReadonlyMap<string, AclEntry> | undefined): ReadonlyMap<string, readonly string[]> {
  const byPrincipal = new Map<string, string[]>();
  for (const [key, { principal }] of acls ?? []) {
    const keys = byPrincipal.get(principal);
    if (keys === undefined) byPrincipal.set(principal, [key]);
    else keys.push(key);
  }
  return byPrincipal;
}
