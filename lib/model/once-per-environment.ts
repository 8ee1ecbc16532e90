import type { Environment } from './environment';

/** What is made of an environment, made once however many ask for it, and let go with the environment. */
export function oncePerEnvironment<Made extends object>(make: (environment: Environment) => Made): (environment: Environment) => Made {
  const made = new WeakMap<Environment, Made>();
  return (environment) => {
    const known = made.get(environment) ?? make(environment);
    made.set(environment, known);
    return known;
  };
}
