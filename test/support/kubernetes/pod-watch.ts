import { setTimeout as sleep } from 'node:timers/promises';
import type { Namespace } from './namespace';
import { isReady, type Pod, restarts } from './objects';

/** What was seen of some pods. */
export interface Seen {
  /** The smallest number of ready ones at any look. */
  readonly fewestReady: number;
  /** How many new ones took the place of one that was there at the beginning or came since. */
  readonly replaced: number;
}

/** Looks at pods all the time, until it is told to end. Says which are not ready whenever that has changed. */
export function watchPods(namespace: Namespace, selector: string): { end(): Promise<Seen> } {
  let running = true;
  let fewestReady = Number.POSITIVE_INFINITY;
  const known = new Set<string | undefined>();
  let first = 0;
  let said = '';
  const look = async () => {
    const pods = await namespace.pods(selector);
    fewestReady = Math.min(fewestReady, pods.filter(isReady).length);
    for (const { metadata } of pods) known.add(metadata.uid);
    if (first === 0) first = pods.length;
    const away = pods
      .filter((pod) => !isReady(pod))
      .map(told)
      .join(', ');
    if (away !== said) process.stderr.write(`  not ready: ${away || 'none'}\n`);
    said = away;
  };
  const work = (async () => {
    while (running) {
      await look().catch(() => undefined);
      await sleep(500);
    }
    await look();
  })();
  return {
    async end() {
      running = false;
      await work;
      return { fewestReady, replaced: known.size - first };
    },
  };
}

function told(pod: Pod): string {
  const again = restarts(pod) === 0 ? [] : [`started again ${restarts(pod)} times`];
  return [pod.metadata.name, ...(pod.metadata.deletionTimestamp === undefined ? [] : ['going']), ...again].join(' ');
}
