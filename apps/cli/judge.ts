import type { LoadedEnvironment } from '../../lib/environment';
import { checkFleet, type FleetMember, type Problem } from '../../lib/model';
import type { Selection } from './select';

/** What is to be said of the environments selected. */
export interface Judgement {
  readonly loaded: readonly LoadedEnvironment[];
  readonly problems: readonly Problem[];
  readonly failed: boolean;
}

/** Gathers the problems of each environment, and those it has with any other. */
export function judge({ loaded, others, problems }: Selection): Judgement {
  const all = distinct([...problems, ...loaded.flatMap((environment) => environment.problems), ...fleetProblems(loaded, others())]);
  return { loaded, problems: all, failed: all.some(({ severity }) => severity === 'error') };
}

/** What a base says is wrong in every environment that extends it, and is told once. */
function distinct(problems: readonly Problem[]): readonly Problem[] {
  const told = new Set<string>();
  return problems.filter((problem) => {
    if (problem.position === undefined) return true;
    const key = JSON.stringify([problem.position, problem.path, problem.code, problem.message]);
    return told.size < told.add(key).size;
  });
}

function fleetProblems(loaded: readonly LoadedEnvironment[], others: readonly LoadedEnvironment[]): readonly Problem[] {
  const known = new Map(loaded.map((environment) => [environment.id, environment]));
  // A collision is told of the later of the two: those selected come last.
  const members = [...others, ...loaded].flatMap(({ id, environment }): FleetMember[] =>
    environment === undefined ? [] : [{ id, environment }],
  );
  return checkFleet(members).flatMap(({ environment, ...problem }) => {
    const owner = known.get(environment);
    if (owner === undefined) return [];
    const position = owner.provenance?.positionOf(problem.path);
    return [position === undefined ? problem : { ...problem, position }];
  });
}
