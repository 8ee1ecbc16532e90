import type { Environment, ResolvedZookeeper } from '../environment';
import type { KraftMetadata } from '../metadata';
import type { Finding } from './rule';

/** A check of environments with ZooKeeper alone. */
export const withZookeeper =
  (check: (zookeeper: ResolvedZookeeper, environment: Environment) => Finding[]) =>
  (environment: Environment): Finding[] =>
    environment.metadata.mode === 'zookeeper' ? check(environment.metadata, environment) : [];

/** A check of environments on KRaft alone. */
export const withKraft =
  (check: (kraft: KraftMetadata, environment: Environment) => Finding[]) =>
  (environment: Environment): Finding[] =>
    environment.metadata.mode === 'kraft' ? check(environment.metadata, environment) : [];
