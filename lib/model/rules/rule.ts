import type { Environment } from '../environment';
import type { Path, Severity } from '../problem';

/** Something a rule found: the problem less what the rule itself says. */
export interface Finding {
  readonly path: Path;
  readonly message: string;
}

/** One row of the table of rules. */
export interface Rule {
  /** `area/what`; a waiver names it. */
  readonly code: string;
  readonly severity: Severity;
  /** What the rule is for, one sentence; shown in the documentation. */
  readonly reason: string;
  readonly check: (environment: Environment) => readonly Finding[];
}
