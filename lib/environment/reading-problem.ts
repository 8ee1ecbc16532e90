import type { Path, Position, Problem } from '../model';

/** An error in a file, found before the model looks at it. */
export function readingProblem(code: string, position: Position, path: Path, message: string): Problem {
  return { code: `environment/${code}`, severity: 'error', path, message, position };
}

/** Problems that leave too little of a file to judge the rest of the environment by. */
const fatalCodes = ['unreadable', 'syntax', 'documents', 'empty', 'not-a-map', 'missing-file', 'cycle', 'unknown'];

/** True when what a file says is not known, so that further problems would be guesses. */
export function isFatal(problem: Problem): boolean {
  return fatalCodes.some((code) => problem.code === `environment/${code}`);
}
