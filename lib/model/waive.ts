import type { Problem } from './problem';
import type { Waiver } from './waiver';

/** @see applyWaivers */
export interface WaiverOptions {
  /** The codes a waiver may name. */
  readonly codes: ReadonlySet<string>;
  /** The day to judge by. @default none: no waiver counts as expired */
  readonly now?: Date | undefined;
  /**
   * What an expired waiver comes to. `refuse`: it waives nothing and is an error. `warn`: it holds and is a warning, for commands
   * whose output must not depend on the day.
   * @default 'refuse'
   */
  readonly expired?: 'refuse' | 'warn' | undefined;
}

/**
 * Turns waived errors and warnings into notices that carry reason and date, and judges the waivers themselves. A waiver holds to
 * the end of its last day, UTC.
 */
export function applyWaivers(problems: readonly Problem[], waivers: readonly Waiver[], options: WaiverOptions): readonly Problem[] {
  const { codes, now, expired = 'refuse' } = options;
  const isExpired = ({ until }: Waiver): boolean => now !== undefined && now.toISOString().slice(0, 10) > until;
  const inForce = waivers.filter((waiver) => expired === 'warn' || !isExpired(waiver));
  const waived = problems.map((problem): Problem => {
    const waiver = problem.severity === 'notice' ? undefined : inForce.find(({ rule }) => rule === problem.code);
    if (waiver === undefined) return problem;
    return { ...problem, severity: 'notice', message: `${problem.message} (waived until ${waiver.until}: ${waiver.reason})` };
  });
  const found = new Set(problems.filter(({ severity }) => severity !== 'notice').map(({ code }) => code));
  const judged = waivers.flatMap((waiver, index): Problem[] => {
    const { rule, until } = waiver;
    if (!codes.has(rule)) {
      return [
        {
          code: 'waiver/unknown-rule',
          severity: 'warning',
          path: ['waivers', index, 'rule'],
          message: `waiver of "${rule}", which is no rule; correct or remove it`,
        },
      ];
    }
    if (isExpired(waiver)) {
      const message = `waiver of "${rule}" ended on ${until}; mend what it waived and remove it`;
      return [{ code: 'waiver/expired', severity: expired === 'refuse' ? 'error' : 'warning', path: ['waivers', index, 'until'], message }];
    }
    return found.has(rule)
      ? []
      : [
          {
            code: 'waiver/no-effect',
            severity: 'warning',
            path: ['waivers', index, 'rule'],
            message: `waiver of "${rule}" waives nothing; remove it`,
          },
        ];
  });
  return [...waived, ...judged];
}
