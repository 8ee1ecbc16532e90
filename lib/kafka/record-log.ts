/** Small records in a compacted topic of one partition, and a lock. Enough for a program to keep its own notes in the cluster. */
export interface RecordLog {
  /**
   * The latest value of each key; of what was removed nothing is left. Undefined when there is no such topic. It may be the
   * map of the last reading, where nothing has come since.
   * @throws ClusterFailure
   */
  read(topic: string): Promise<ReadonlyMap<string, string> | undefined>;
  /**
   * Appends in the order given; null removes a key. With a hold all of it is in one transaction: all or nothing is ever read, and
   * nothing once another has taken the lock.
   * @throws Fenced when the hold is lost; ClusterFailure
   */
  append(topic: string, records: ReadonlyMap<string, string | null>, hold?: Hold): Promise<void>;
  /** Takes a lock, by the name of a transactional id. Whoever held it holds it no more, and what it had begun is undone. @throws ClusterFailure */
  lock(transactionalId: string): Promise<Hold>;
  /** How many requests were sent. */
  requestsSent(): number;
  close(): Promise<void>;
}

/** A lock that was taken and perhaps lost since. */
export interface Hold {
  readonly transactionalId: string;
  /** Asks the cluster, in one request that changes nothing. @throws ClusterFailure when it can't be asked */
  holds(): Promise<boolean>;
}

/** Another has taken the lock: nothing was written. */
export class Fenced extends Error {
  constructor(readonly transactionalId: string) {
    super(`another run has taken ${transactionalId} since`);
    this.name = 'Fenced';
  }
}
