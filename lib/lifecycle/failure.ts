import type { Problem } from '../model';

/** Thrown where a step of the life cycle cannot go on; the problems say why and what to do. */
export class LifecycleError extends Error {
  constructor(readonly problems: readonly Problem[]) {
    super(problems.map(({ message }) => message).join('\n'));
    this.name = 'LifecycleError';
  }
}

/** A problem of the machine, the engine or a running container: nothing that stands in a file. */
export function machineProblem(code: string, message: string, severity: Problem['severity'] = 'error'): Problem {
  return { code, severity, path: [], message };
}

/** Throws one such problem. */
export function fail(code: string, message: string): never {
  throw new LifecycleError([machineProblem(code, message)]);
}
