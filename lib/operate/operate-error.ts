/** Why something is not done to a running cluster at all. */
export type OperateCode = 'wrong-cluster' | 'not-authorized' | 'other-cluster' | 'not-written' | 'not-read' | 'registry' | 'connect';

/** An operation stops here, having changed nothing. The message says why and what to do. */
export class OperateError extends Error {
  constructor(
    readonly code: OperateCode,
    message: string,
  ) {
    super(message);
    this.name = 'OperateError';
  }
}
