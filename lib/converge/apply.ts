import type { ApplyOptions, ApplyPorts } from './apply-options';
import { type Consent, missingConsent } from './consent';
import { ConvergeError } from './converge-error';
import { type ClusterState, identify, readScope } from './live';
import { readServices, type ServicePorts, type ServiceScope, type ServiceState, serviceBasis } from './live-services';
import { type ApplyResult, failed, resultOf, type StepOutcome, skipped } from './outcome';
import type { Ownership } from './ownership';
import { basisOf, type Plan, type Subjects, subjectsOfBasis } from './plan';
import { isSilent } from './service-call';
import type { Step } from './step';

/**
 * Does exactly what a plan says.
 *
 * 1. Nothing is written to a cluster that the environment doesn't name, unless it is for development.
 * 2. Dangerous steps without consent are set aside. With nothing left to do no lock is taken.
 * 3. The lock is taken, and everything the plan rests on is read again, or shown to be as it was: a stale plan is refused.
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
  if (steps.length === 0) return resultOf(plan.steps, outcomes);
  const lock = await ports.lock.take();
  try {
    const ownership = await freshOwnership(plan, ports, options.live);
    // One call of the port may take many requests, and what fails for the moment is sent again: each of them is a write of its own.
    ports.admin.guardWrites(() => lock.prove());
    const { carryOut } = require('./carry-out') as typeof import('./carry-out');
    return await carryOut({ plan, steps, outcomes, ownership, lock, ports, options });
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
async function freshOwnership(plan: Plan, ports: ApplyPorts, live: ClusterState | undefined): Promise<Ownership> {
  const subjects = subjectsOfBasis(plan.basis);
  const [ownership, state] = await Promise.all([ports.ownership.read(), stateAgain(plan, subjects, ports, live)]);
  const services = await servicesAgain(plan.scope, ports);
  const now = { ...basisOf(subjects, state, ownership), ...serviceBasis(plan.scope, services) };
  const changed = Object.keys(plan.basis).filter((subject) => plan.basis[subject] !== now[subject]);
  if (changed.length > 0) throw new ConvergeError('stale', `the plan is stale, make a new one; changed since: ${listed(changed)}`, changed);
  return ownership;
}

/**
 * What the cluster itself answers. Its metadata is one log: while that has not grown since before `live` was read, reading all once more
 * would say the same. Offsets of groups are elsewhere, and ZooKeeper has no such log.
 */
async function stateAgain(plan: Plan, subjects: Subjects, { admin }: ApplyPorts, live: ClusterState | undefined): Promise<ClusterState> {
  const identity = await identify(admin, plan.clusterId);
  if (live?.committed !== undefined && live.committed === identity.committed && (plan.scope.groups ?? []).length === 0) return live;
  return readScope(plan.scope, admin, identity, new Set(subjects.topics.filter((name) => plan.basis[`topic ${name}`] !== 'absent')));
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
