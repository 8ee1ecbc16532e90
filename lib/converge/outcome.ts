import type { Outcome, Reason } from '../kafka';
import type { Step } from './step';

/** What became of a step. */
export interface StepOutcome {
  readonly id: string;
  readonly status: 'done' | 'skipped' | 'failed';
  /** Why not; absent for what is done. */
  readonly reason?: OutcomeReason;
  readonly message?: string;
}

/**
 * `refused`: it can't be done; `needs-consent`: nobody agreed; `depends`: a step before it failed; `interrupted`: the run broke off, and
 * what was under way may have been done; `not-shown`: it was accepted and can't be seen. The rest is Kafka's.
 */
export type OutcomeReason = Reason | 'refused' | 'needs-consent' | 'depends' | 'interrupted' | 'not-shown' | 'no-secret';

/** What a run did. */
export interface ApplyResult {
  /** `complete`: the cluster is as planned; `partial`: not all of it; `interrupted`: the run broke off, and running again finishes it. */
  readonly status: 'nothing-to-do' | 'complete' | 'partial' | 'interrupted';
  /** One for each step, in the plan's order. */
  readonly outcomes: readonly StepOutcome[];
  /** Why the run broke off. */
  readonly interruption?: string;
}

export function done(step: Step): StepOutcome {
  return { id: step.id, status: 'done' };
}

export function failed(step: Step, reason: OutcomeReason, message: string): StepOutcome {
  return { id: step.id, status: 'failed', reason, message };
}

export function skipped(step: Step, reason: OutcomeReason, message: string): StepOutcome {
  return { id: step.id, status: 'skipped', reason, message };
}

/** Reasons after which a thing may have been made all the same. */
const doubtful: readonly OutcomeReason[] = ['timed-out', 'unknown', 'not-shown', 'interrupted'];

export function isDoubtful(reason: OutcomeReason | undefined): boolean {
  return reason !== undefined && doubtful.includes(reason);
}

type Failure = { readonly reason: Reason; readonly message: string };

/** One outcome for a step out of those of its items: the first failure tells, and how many there are. */
export function ofItems(step: Step, items: readonly (Outcome | undefined)[], fine: readonly Reason[] = []): StepOutcome {
  const failures = items.flatMap((item): Failure[] => {
    if (item === undefined) return [{ reason: 'unknown', message: 'the cluster did not answer for it' }];
    return item.done || fine.includes(item.reason) ? [] : [item];
  });
  const [first] = failures;
  if (first === undefined) return done(step);
  const count = items.length === 1 ? '' : ` (${failures.length} of ${items.length})`;
  return failed(step, first.reason, `${first.message}${count}`);
}

/** What became of all steps of a plan, in its order. */
export function resultOf(steps: readonly Step[], outcomes: ReadonlyMap<string, StepOutcome>): ApplyResult {
  if (steps.length === 0) return { status: 'nothing-to-do', outcomes: [] };
  const inOrder = steps.flatMap(({ id }) => outcomes.get(id) ?? []);
  return { status: inOrder.every(({ status }) => status === 'done') ? 'complete' : 'partial', outcomes: inOrder };
}
