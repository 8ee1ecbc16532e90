import { ClusterFailure } from '../kafka';
import type { OutcomeReason } from './outcome';

/** A service beside Kafka that did not answer, or not to us. Kafka itself is converged all the same. */
export interface Silent {
  /** Which address, and why. */
  readonly failure: string;
}

/** Whether a service answered when it was read. */
export function isSilent(state: object): state is Silent {
  return 'failure' in state;
}

const pausesMs = [200, 800];

/** Asks, again where the service was out of reach for a moment. Only for what may be done twice. @throws ClusterFailure */
export async function persistently<Answer>(ask: () => Promise<Answer>): Promise<Answer> {
  for (const pause of pausesMs) {
    try {
      return await ask();
    } catch (error) {
      if (!(error instanceof ClusterFailure) || error.reason !== 'unreachable') throw error;
      await new Promise((resolve) => setTimeout(resolve, pause));
    }
  }
  return ask();
}

/** What a service says, or that it says nothing. */
export async function orSilent<State>(read: () => Promise<State>): Promise<State | Silent> {
  try {
    return await read();
  } catch (error) {
    if (error instanceof ClusterFailure) return { failure: error.message };
    throw error;
  }
}

/** The reason of an outcome after a call that failed as a whole; what was sent may have been done, unless it was refused. */
export function reasonOf({ reason }: ClusterFailure): OutcomeReason {
  if (reason === 'authentication-failed' || reason === 'not-authorized') return 'not-authorized';
  return reason === 'timed-out' || reason === 'unsupported' ? reason : 'unknown';
}

/** So many calls to a service are under way at most. */
const breadth = 8;

/** Does something for every item, a few at a time; answers in the order of the items. */
export async function eachOf<Item, Answer>(items: readonly Item[], act: (item: Item) => Promise<Answer>): Promise<readonly Answer[]> {
  const answers = new Map<number, Answer>();
  let next = 0;
  const work = async (): Promise<void> => {
    for (let index = next++; index < items.length; index = next++) {
      const item = items[index];
      if (item !== undefined) answers.set(index, await act(item));
    }
  };
  await Promise.all(Array.from({ length: Math.min(breadth, items.length) }, work));
  return items.flatMap((_, index) => (answers.has(index) ? [answers.get(index) as Answer] : []));
}

/** Reads until what was written shows; whether it did before the time was up. */
export async function shows(look: () => Promise<boolean>, withinMs: number): Promise<boolean> {
  const deadline = Date.now() + withinMs;
  for (let pause = 20; ; pause = Math.min(pause * 2, 500)) {
    if (await look()) return true;
    if (Date.now() > deadline) return false;
    await new Promise((resolve) => setTimeout(resolve, pause));
  }
}
