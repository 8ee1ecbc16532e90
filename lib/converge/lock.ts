/** Keeps two runs apart. */
export interface Lock {
  /** Takes the lock; whoever held it is fenced from then on. */
  take(): Promise<HeldLock>;
}

export interface HeldLock {
  /**
   * Proves that the lock is still held; asked before every write.
   * @throws LockLost when another run has taken it
   */
  prove(): Promise<void>;
  release(): Promise<void>;
}

/** Another run has taken over: nothing more is written. */
export class LockLost extends Error {
  constructor(message = 'another run has taken over; let it finish, then run again') {
    super(message);
    this.name = 'LockLost';
  }
}

/** A lock among runs of one process. */
export function memoryLock(): Lock {
  let holder = 0;
  return {
    take: async () => {
      const own = ++holder;
      return {
        prove: async () => {
          if (holder !== own) throw new LockLost();
        },
        release: async () => undefined,
      };
    },
  };
}
