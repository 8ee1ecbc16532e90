/** Why a cluster is not planned for or written to at all. */
export type ConvergeCode =
  | 'wrong-cluster'
  | 'other-environment'
  | 'not-authorized'
  | 'unpinned'
  | 'stale'
  | 'lock-lost'
  | 'bad-plan'
  | 'service-silent';

/** A run stops here, having changed nothing more. The message says why and what to do. */
export class ConvergeError extends Error {
  constructor(
    readonly code: ConvergeCode,
    message: string,
    /** What changed since the plan was made, where that is the reason. */
    readonly changed: readonly string[] = [],
  ) {
    super(message);
    this.name = 'ConvergeError';
  }
}
