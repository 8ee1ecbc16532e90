import type { Path, Severity } from '../../../lib/model';
import type { Change } from '../good-environment';

/** A change that breaks the good environment, and what must be said of it. */
export interface Row {
  readonly code: string;
  readonly change: Change;
  /** @default 'kraft' */
  readonly metadata?: 'zookeeper';
  /** @default 'error' */
  readonly severity?: Severity;
  readonly path: Path;
  readonly message: string;
  /** Other rules that the change breaks too. */
  readonly also?: readonly string[];
}
