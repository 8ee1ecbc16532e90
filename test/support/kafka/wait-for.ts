import { setTimeout as sleep } from 'node:timers/promises';

/** How long to wait, and what to say when it was in vain. */
export interface Patience {
  /** Milliseconds until it fails. @default 240000, so that a machine a quarter as fast gets there too */
  readonly deadlineMs?: number;
  /** Milliseconds between two tries. @default 100 */
  readonly everyMs?: number;
  /** More for the error: the tail of a log, say. @default - nothing */
  readonly context?: () => string;
}

/**
 * Tries until the probe answers something other than `undefined` or `false`, and returns that answer. A probe that throws has not
 * answered yet. Fails at the deadline with the goal, the last error and the context.
 */
export async function waitFor<T>(
  goal: string,
  probe: () => Promise<T | undefined | false> | T | undefined | false,
  patience: Patience = {},
): Promise<T> {
  const { deadlineMs = 240_000, everyMs = 100, context } = patience;
  const deadline = Date.now() + deadlineMs;
  let last = '';
  for (;;) {
    try {
      const answer = await probe();
      if (answer !== undefined && answer !== false) return answer;
      last = '';
    } catch (error) {
      if (error instanceof Hopeless) throw new Error(`waiting for ${goal}: ${error.message}`);
      last = `; last error: ${error instanceof Error ? error.message : String(error)}`;
    }
    if (Date.now() >= deadline)
      throw new Error(`${goal}: not so after ${deadlineMs} ms${last}${context === undefined ? '' : `\n${context()}`}`);
    await sleep(everyMs);
  }
}

/** Thrown by a probe that knows the wait is in vain (the process has exited): `waitFor` gives up at once. */
export class Hopeless extends Error {}
