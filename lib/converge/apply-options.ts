import type { Consent } from './consent';
import type { Live, Sources } from './live';
import type { Lock } from './lock';
import type { Step } from './step';

/** What a plan is applied through. */
export interface ApplyPorts extends Sources {
  readonly lock: Lock;
}

/** How a plan is applied. */
export interface ApplyOptions extends Consent {
  /** Who applies it, for the record in the cluster. @default 'kafkon' */
  readonly by?: string;
  /**
   * What the plan was made of, where it was read in this run: where the cluster can show that nothing has changed since, it isn't read again
   * under the lock. @default - all is read again
   */
  readonly live?: Live;
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
