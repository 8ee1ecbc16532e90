import { ClusterFailure } from '../kafka';
import { claimed, settled } from './claim';
import { type Consent, missingConsent } from './consent';
import { ConvergeError } from './converge-error';
import { notShown } from './fence';
import { readScope, type Sources } from './live';
import { readServices, type ServicePorts, type ServiceScope, type ServiceState, serviceBasis } from './live-services';
import { type HeldLock, type Lock, LockLost } from './lock';
import { liftThrottles, throttlingFor } from './move-replicas';
import { type ApplyResult, failed, isDoubtful, type StepOutcome, skipped } from './outcome';
import type { Ownership } from './ownership';
import { perform, type Workshop } from './perform';
import { basisOf, type Plan, subjectsOfBasis } from './plan';
import { isSilent } from './service-call';
import { type Step, serviceKinds, stepOrder } from './step';

/** What a plan is applied through. */
export interface ApplyPorts extends Sources {
  readonly lock: Lock;
}

/** How a plan is applied. */
export interface ApplyOptions extends Consent {
  /** Who applies it, for the record in the cluster. @default 'kafkon' */
  readonly by?: string;
  /** How long a write may take to show, in milliseconds; more for many. @default 30000 */
  readonly showWithinMs?: number;
  /** What each broker may send and take while replicas move, in bytes per second. @default 50000000 */
  readonly throttleBytesPerSecond?: number;
  /** How long to wait for replicas that move, in milliseconds. @default 3600000, an hour */
  readonly moveWithinMs?: number;
  /** Told of every kind of step before it is done. @default - nobody is told */
  readonly onProgress?: (progress: Progress) => void;
}

/** Where a run is. */
export interface Progress {
  readonly doing: Step['kind'] | 'moving' | 'throttled-by-others' | 'waiting';
  /** How many steps of that kind, or partitions that move, or brokers and topics that keep the throttle that somebody else gave them. */
  readonly count: number;
  readonly done: number;
  readonly total: number;
}

/**
 * Does exactly what a plan says.
 *
 * 1. Nothing is written to a cluster that the environment doesn't name, unless it is for development.
 * 2. Dangerous steps without consent are set aside. With nothing left to do no lock is taken.
 * 3. The lock is taken, and everything the plan rests on is read again: a stale plan is refused.
 * 4. What will be made is claimed in the record of what is owned.
 * 5. Each kind of step is one call; before each request that writes the lock is proved.
 * 6. Everything written is waited for until it shows.
 * 7. The record is brought up to date.
 *
 * @throws ConvergeError when nothing may be done at all
 * @throws ClusterFailure when the cluster could not be asked before anything was done
 */
export async function apply(plan: Plan, ports: ApplyPorts, options: ApplyOptions = {}): Promise<ApplyResult> {
  if (plan.format !== 'kafkon/plan@1') throw new ConvergeError('bad-plan', 'this is no plan of this version of kafkon; make a new one');
  if (!plan.pinned && plan.kind !== 'development')
    throw new ConvergeError(
      'unpinned',
      `the environment does not name its cluster, so that nothing is written; write clusterId: ${plan.clusterId}, as kafkon cluster <environment> pin says`,
    );
  const outcomes = await setAside(plan.steps, options);
  const steps = plan.steps.filter(({ id }) => !outcomes.has(id));
  if (steps.length === 0) return resultOf(plan, outcomes);
  const lock = await ports.lock.take();
  try {
    const ownership = await freshOwnership(plan, ports);
    // One call of the port may take many requests, and what fails for the moment is sent again: each of them is a write of its own.
    ports.admin.guardWrites(() => lock.prove());
    return await run({ plan, steps, outcomes, ownership, lock, ports, options });
  } finally {
    ports.admin.guardWrites(undefined);
    await lock.release();
  }
}

/** Refusals and steps that nobody agreed to, with what becomes of them. */
async function setAside(steps: readonly Step[], consent: Consent): Promise<Map<string, StepOutcome>> {
  const aside = new Map<string, StepOutcome>();
  for (const step of steps) {
    if (step.kind === 'refuse') {
      aside.set(step.id, failed(step, 'refused', `${step.reason}; ${step.remedy}`));
      continue;
    }
    const missing = await missingConsent(step, consent);
    if (missing !== undefined) aside.set(step.id, skipped(step, 'needs-consent', `it needs ${missing}`));
  }
  return aside;
}

/** Looks again at everything that the plan rests on. */
async function freshOwnership(plan: Plan, ports: ApplyPorts): Promise<Ownership> {
  const ownership = await ports.ownership.read();
  const state = await readScope(plan.scope, ports.admin, plan.clusterId);
  const services = await servicesAgain(plan.scope, ports);
  const now = { ...basisOf(subjectsOfBasis(plan.basis), state, ownership), ...serviceBasis(plan.scope, services) };
  const changed = Object.keys(plan.basis).filter((subject) => plan.basis[subject] !== now[subject]);
  if (changed.length > 0) throw new ConvergeError('stale', `the plan is stale, make a new one; changed since: ${listed(changed)}`, changed);
  return ownership;
}

/** @throws ConvergeError when a service that the plan rests on is not named or does not answer */
async function servicesAgain(scope: ServiceScope, ports: ServicePorts): Promise<ServiceState> {
  const silent = (reason: string) => new ConvergeError('service-silent', `${reason}; nothing was changed`);
  if (scope.schemas !== undefined && ports.registry === undefined)
    throw silent('the plan was made with a schema registry; give --schema-registry');
  if (scope.connectors !== undefined && ports.connect === undefined) throw silent('the plan was made with Kafka Connect; give --connect');
  const state = await readServices(scope, ports);
  for (const part of [state.schemas, state.connectors]) if (part !== undefined && isSilent(part)) throw silent(part.failure);
  return state;
}

function listed(names: readonly string[]): string {
  return names.length <= 10 ? names.join(', ') : `${names.slice(0, 10).join(', ')} and ${names.length - 10} more`;
}

interface Run {
  readonly plan: Plan;
  readonly steps: readonly Step[];
  readonly outcomes: Map<string, StepOutcome>;
  readonly ownership: Ownership;
  readonly lock: HeldLock;
  readonly ports: ApplyPorts;
  readonly options: ApplyOptions;
}

async function run({ plan, steps, outcomes, ownership, lock, ports, options }: Run): Promise<ApplyResult> {
  const throttling = await throttlingFor(steps, ports.admin, ownership);
  const claims = { ...claimed(ownership, plan, steps), throttles: new Set([...ownership.throttles, ...throttling.own]) };
  const now = ports.now ?? (() => new Date());
  const progress = (doing: Progress['doing'], count: number) =>
    options.onProgress?.({ doing, count, done: outcomes.size, total: plan.steps.length });
  const workshop: Workshop = {
    admin: ports.admin,
    secrets: ports.secrets,
    moving: {
      throttleBytesPerSecond: options.throttleBytesPerSecond ?? 50_000_000,
      throttles: claims.throttles,
      freed: new Set(),
      moving: claims.moving,
      withinMs: options.moveWithinMs ?? 3_600_000,
      prove: () => lock.prove(),
      onMoving: (count) => progress('moving', count),
    },
    failedAcls: new Set(),
    passwords: new Map(),
    outcomeOf: (id) => outcomes.get(id),
    now,
    services: ports,
    showWithinMs: options.showWithinMs ?? 30_000,
  };
  if (throttling.foreign.length > 0) progress('throttled-by-others', throttling.foreign.length);
  try {
    await lock.prove();
    await ports.ownership.write(claims);
    for (const kind of stepOrder) {
      const these = steps.filter((step) => step.kind === kind);
      if (these.length === 0) continue;
      progress(kind, these.length);
      if (serviceKinds.includes(kind)) await lock.prove();
      for (const outcome of await perform(kind, these, workshop)) outcomes.set(outcome.id, outcome);
    }
    // Nothing moves, and a run before left throttles: those of a broker that was down.
    if (claims.moving.size === 0 && claims.throttles.size > 0) {
      await lock.prove();
      await liftThrottles(ports.admin, claims.throttles, workshop.moving.freed);
    }
    progress('waiting', 0);
    await fence(steps, outcomes, ports, options);
    for (const step of steps) if (step.kind === 'record') outcomes.set(step.id, { id: step.id, status: 'done' });
    const applied = { desired: plan.desired, at: now().toISOString(), by: options.by ?? 'kafkon' };
    const { failedAcls, passwords, moving } = workshop;
    const ending = { outcomes: [...outcomes.values()], failedAcls, passwords, freed: moving.freed, applied };
    await lock.prove();
    await ports.ownership.write(settled(claims, ownership, steps, ending));
    return resultOf(plan, outcomes);
  } catch (error) {
    if (!(error instanceof ClusterFailure) && !(error instanceof LockLost)) throw error;
    const message = 'the run broke off; it may have been done, and running again finishes it';
    for (const step of steps) if (!outcomes.has(step.id)) outcomes.set(step.id, skipped(step, 'interrupted', message));
    return { ...resultOf(plan, outcomes), status: 'interrupted', interruption: error.message };
  }
}

/** Waits until everything shows. What timed out and shows all the same was done. */
async function fence(
  steps: readonly Step[],
  outcomes: Map<string, StepOutcome>,
  { admin }: ApplyPorts,
  options: ApplyOptions,
): Promise<void> {
  const written = steps.filter(({ id, kind }) => {
    const outcome = outcomes.get(id);
    // The services are looked at as each step is done.
    if (serviceKinds.includes(kind)) return false;
    return outcome?.status === 'done' || (isDoubtful(outcome?.reason) && kind !== 'change-replication');
  });
  const withinMs = (options.showWithinMs ?? 30_000) + 10 * written.length;
  const missing = new Set((await notShown(written, admin, { withinMs })).map(({ id }) => id));
  for (const step of written) {
    const outcome = outcomes.get(step.id);
    if (missing.has(step.id) && outcome?.status === 'done') {
      const message = `the cluster accepted it, and does not show it after ${Math.round(withinMs / 1000)} s; look again with kafkon plan`;
      outcomes.set(step.id, failed(step, 'not-shown', message));
    } else if (!missing.has(step.id) && step.kind !== 'upsert-user') outcomes.set(step.id, { id: step.id, status: 'done' });
  }
}

function resultOf({ steps }: Plan, outcomes: ReadonlyMap<string, StepOutcome>): ApplyResult {
  const inOrder = steps.flatMap(({ id }) => outcomes.get(id) ?? []);
  if (steps.length === 0) return { status: 'nothing-to-do', outcomes: [] };
  return { status: inOrder.every(({ status }) => status === 'done') ? 'complete' : 'partial', outcomes: inOrder };
}
