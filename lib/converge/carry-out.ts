import { ClusterFailure } from '../kafka';
import type { ApplyOptions, ApplyPorts, Progress } from './apply-options';
import { claimed, settled } from './claim';
import { notShown } from './fence';
import { type HeldLock, LockLost } from './lock';
import { liftThrottles, throttlingFor } from './move-replicas';
import { type ApplyResult, failed, isDoubtful, resultOf, type StepOutcome, skipped } from './outcome';
import type { Ownership } from './ownership';
import { perform, type Workshop } from './perform';
import type { Plan } from './plan';
import { type Step, serviceKinds, stepOrder } from './step';

/** A plan under way: what of it shall be done, under the lock. */
export interface Run {
  readonly plan: Plan;
  readonly steps: readonly Step[];
  readonly outcomes: Map<string, StepOutcome>;
  readonly ownership: Ownership;
  readonly lock: HeldLock;
  readonly ports: ApplyPorts;
  readonly options: ApplyOptions;
}

/** Claims, does, waits until it shows, and brings the record up to date; whatever breaks it off is an outcome. */
export async function carryOut({ plan, steps, outcomes, ownership, lock, ports, options }: Run): Promise<ApplyResult> {
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
    return resultOf(plan.steps, outcomes);
  } catch (error) {
    if (!(error instanceof ClusterFailure) && !(error instanceof LockLost)) throw error;
    const message = 'the run broke off; it may have been done, and running again finishes it';
    for (const step of steps) if (!outcomes.has(step.id)) outcomes.set(step.id, skipped(step, 'interrupted', message));
    return { ...resultOf(plan.steps, outcomes), status: 'interrupted', interruption: error.message };
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
