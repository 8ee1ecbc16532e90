import { setTimeout as sleep } from 'node:timers/promises';
import type { Namespace } from './namespace';
import { isReady } from './objects';

/** What was seen of some pods. */
export interface Seen {
  /**
   * The smallest number that was there at any look: not those on their way out, nor new ones until they are ready for the first time.
   * One that answers its probe late for once, on a busy machine, has not gone.
   */
  readonly fewestThere: number;
  /** How many new ones took the place of one that was there at the beginning or came since. */
  readonly replaced: number;
}

/** Looks at pods every second, until it is told to end: what is replaced is away for many. */
export function watchPods(namespace: Namespace, selector: string): { end(): Promise<Seen> } {
  let running = true;
  let fewestThere = Number.POSITIVE_INFINITY;
  const arrived = new Set<string | undefined>();
  const known = new Set<string | undefined>();
  let first = 0;
  const look = async () => {
    const pods = await namespace.pods(selector);
    for (const pod of pods) {
      known.add(pod.metadata.uid);
      if (first === 0 || isReady(pod)) arrived.add(pod.metadata.uid);
    }
    const there = pods.filter(({ metadata: { uid, deletionTimestamp } }) => deletionTimestamp === undefined && arrived.has(uid));
    fewestThere = Math.min(fewestThere, there.length);
    if (first === 0) first = pods.length;
  };
  const work = (async () => {
    while (running) {
      await look().catch(() => undefined);
      await sleep(1000);
    }
    await look();
  })();
  return {
    async end() {
      running = false;
      await work;
      return { fewestThere, replaced: known.size - first };
    },
  };
}
