/** Follows several at once, until all have ended; where one fails the others are let go of, so that the program can say so and end. */
export async function followAll<Target>(
  targets: readonly Target[],
  follow: (target: Target, signal: AbortSignal) => Promise<void>,
): Promise<void> {
  const stop = new AbortController();
  const each = async (target: Target) => {
    try {
      await follow(target, stop.signal);
    } catch (error) {
      stop.abort();
      throw error;
    }
  };
  await Promise.all(targets.map(each));
}
