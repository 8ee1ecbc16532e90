import { type ApplyPorts, type Desired, type Note, type Plan, planWithImpact, readLive, type Step, stepText } from '../converge';
import { ClusterFailure } from '../kafka';
import type { Backup } from './backup-format';
import { OperateError } from './operate-error';
import { type RestoreChoice, restoreDesired } from './restore-desired';
import { type RestoringOwnership, restoringOwnership } from './restore-ownership';

/** What a backup is restored by. */
export interface RestoreOptions extends RestoreChoice {
  /** Leave to restore a backup of another cluster. @default false */
  readonly fromOtherCluster?: boolean;
}

/** What a cluster lacks of a backup, and the ports by which `apply` brings it back. */
export interface Restoration {
  readonly plan: Plan;
  readonly ports: ApplyPorts;
}

/**
 * Compares a backup with a cluster. What is made is what is missing; what differs is changed where it is owned, and else refused and
 * shown. Nothing is removed, and no topic shrinks.
 * @throws OperateError when the backup is of another cluster and nobody gave leave
 * @throws ConvergeError, ClusterFailure as `readLive`
 */
export async function planRestore(
  backup: Backup,
  environment: Desired,
  ports: ApplyPorts,
  options: RestoreOptions = {},
): Promise<Restoration> {
  const { clusterId } = await ports.admin.cluster();
  if (backup.clusterId !== clusterId && options.fromOtherCluster !== true)
    throw new OperateError(
      'other-cluster',
      `the backup is of the cluster ${backup.clusterId} (environment ${backup.environment}), and this is ${clusterId}; to restore it all the same give --from-other-cluster`,
    );
  const there = await connectorsThere(ports);
  const { desired, notes } = restoreDesired(backup, environment, await ports.admin.scramUsers(), there, options);
  const ownership = restoringOwnership(ports.ownership, desired, environment);
  const restoring = { ...ports, ownership };
  const found = await planWithImpact(desired, await readLive(desired, restoring), ports.admin);
  const steps = inRestorationsWords(found.steps, ownership);
  for (const step of steps) if (step.kind === 'create-topic') ownership.makes.add(step.topic);
  return { plan: { ...found, steps, notes: [...found.notes.filter(isOfRestoration), ...notes] }, ports: restoring };
}

/** Undefined where no workers are named. Of those that do not answer the plan has to say so. */
async function connectorsThere({ connect }: ApplyPorts): Promise<ReadonlySet<string> | undefined> {
  if (connect === undefined) return undefined;
  try {
    return new Set((await connect.connectors()).keys());
  } catch (error) {
    if (error instanceof ClusterFailure) return new Set();
    throw error;
  }
}

/** What others have, and what is declared, is no business of a restoration. */
function isOfRestoration({ code }: Note): boolean {
  return ['acls-not-enforced', 'broker-absent', 'offsets-left', 'connector-failed', 'connector-secret-not-compared'].includes(code);
}

/** Steps on topics of others become refusals that show what differs; the record needs no care, since nothing is declared anew. */
function inRestorationsWords(steps: readonly Step[], ownership: RestoringOwnership): readonly Step[] {
  const strangers = new Map<string, string[]>();
  const own = steps.flatMap((step): readonly Step[] => {
    if (step.kind === 'record') return [];
    if (step.kind === 'refuse') return [inWords(step)];
    if ((step.kind !== 'set-config' && step.kind !== 'add-partitions' && step.kind !== 'change-replication') || ownership.owns(step.topic))
      return [step];
    strangers.set(step.topic, [...(strangers.get(step.topic) ?? []), stepText(step).change]);
    return [];
  });
  return [...[...strangers].map(([topic, changes]) => stranger(topic, changes)), ...own];
}

function stranger(topic: string, changes: readonly string[]): Step {
  const remedy = `kafkon topics <environment> adopt ${topic} where it is declared, else change it with Kafka's own tools`;
  return refusal(`topic ${topic}`, `refuse topic ${topic} ownership`, `it is not owned, and differs: ${changes.join('; ')}`, remedy);
}

function refusal(subject: string, id: string, reason: string, remedy: string): Step {
  return { kind: 'refuse', id, class: 'no-op', affects: [], undo: [], subject, reason, remedy };
}

/** The reasons speak of what is declared, which here is what the backup has. */
function inWords(step: Extract<Step, { kind: 'refuse' }>): Step {
  const reason = step.reason.replace(/ (is|are) declared/, ' $1 in the backup');
  if (step.id.endsWith(' partitions')) return { ...step, reason, remedy: 'let it be, or restore into a topic made anew' };
  if (step.subject.startsWith('quota ')) return { ...step, reason, remedy: 'change it by hand, or declare and adopt it' };
  return { ...step, reason };
}
