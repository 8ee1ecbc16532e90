import { fail } from './failure';
import { seconds } from './healthy';
import type { Host } from './host';
import type { Report } from './ports';
import type { NodeIdentity, ObservedNode, Obstacle } from './rolling-order';

/** What is about to be done, and what is in its way. */
export interface Clearance {
  /** `restart kafka-1` */
  readonly doing: string;
  readonly obstacle: Obstacle | undefined;
}

/** How to wait. */
export interface ClearanceOptions {
  /** The code of the problem when it does not come. */
  readonly code: string;
  readonly timeoutSeconds: number;
}

const pauseMilliseconds = 1000;

/** Waits until nothing is in the way; what will not pass by itself is not waited for. */
export async function waitClear(
  host: Pick<Host, 'clock' | 'pause'>,
  { code, timeoutSeconds }: ClearanceOptions,
  report: Report,
  look: () => Promise<Clearance>,
): Promise<void> {
  const start = host.clock();
  let told = '';
  for (;;) {
    const { obstacle: found, doing } = await look();
    if (found === undefined) {
      if (told !== '') report(`clear after ${seconds(host.clock() - start)}`);
      return;
    }
    if (!found.passing || host.clock() - start > timeoutSeconds * 1000)
      fail(code, `cannot ${doing}: ${found.reason}; nothing more is restarted; run it again when that is over, or give --force`);
    if (found.reason !== told) report(`waiting: ${found.reason}`);
    told = found.reason;
    await host.pause(pauseMilliseconds);
  }
}

/** Whether replicas anywhere are behind, so that a roll is not done yet. */
export function unsettled(nodes: readonly ObservedNode<NodeIdentity>[]): Clearance {
  const behind = nodes.reduce((total, { metrics }) => total + (metrics?.underReplicated ?? 0), 0);
  return {
    doing: 'be done',
    obstacle: behind === 0 ? undefined : { reason: `${behind} partitions have replicas that are not in sync`, passing: true },
  };
}
