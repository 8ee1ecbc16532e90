/** Writes that go on while the next thing is made. */
export interface Writing {
  /** Begins a write, and gives the ones under way a turn. */
  begin(write: () => Promise<void> | void): Promise<void>;
  /** Waits for all of them; fails as the first of them failed. */
  end(): Promise<void>;
}

/** The disk works while the processor does: what is made first is being written when the last is made. */
export function writing(): Writing {
  const all: Promise<void>[] = [];
  return {
    async begin(write) {
      const begun = Promise.resolve(write());
      // It is `end` that tells of a failure; until then it is not lost, only waited with.
      begun.catch(() => undefined);
      all.push(begun);
      await new Promise<void>((resolve) => setImmediate(resolve));
    },
    async end() {
      await Promise.all(all);
    },
  };
}
