import type { Environment } from '../environment';
import type { Path, Severity } from '../problem';

export const platforms = ['kubernetes', 'docker'] as const;
/** Where an environment can run. */
export type Platform = (typeof platforms)[number];

/** Something a rule found: the problem less what the rule itself says. */
export interface Finding {
  readonly path: Path;
  readonly message: string;
  /** Where it depends on the environment's kind. @default the rule's */
  readonly severity?: Severity;
}

/** One row of the table of rules. */
export interface Rule {
  /** `area/what`; a waiver names it. */
  readonly code: string;
  /** The highest severity it reports. */
  readonly severity: Severity;
  /** What the rule is for, one sentence; shown in the documentation. */
  readonly reason: string;
  /** The rule is about one platform, and left out where the environment is not judged for it. */
  readonly platform?: Platform;
  /**
   * What the rule reads beside the path it reports, as patterns such as `nodePools.*.ids`. Where the schema refused a value there,
   * the rule is left out: it would judge something nobody wrote.
   */
  readonly reads?: readonly string[];
  readonly check: (environment: Environment) => readonly Finding[];
}
