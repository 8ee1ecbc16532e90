import type { Network } from '@cdktf/provider-docker/lib/network';
import { Construct } from 'constructs';
import {
  composeEnsemble,
  type EnsembleDeclaration,
  type Environment,
  type EnvironmentInput,
  ensemblePath,
  type Problem,
  reportErrors,
  zookeeperMetadata,
} from '../model';
import { zookeeperProcesses } from '../runtime';
import { dockerAddressing } from './addressing';
import { nodeHost } from './names';
import { createProcessGroup } from './process-group';
import { sharedNetwork } from './shared-resources';

/** Properties of `ZookeeperEnsemble`. Containers are named by the servers' ids: `zookeeper-1`. */
export type ZookeeperEnsembleProps = EnsembleDeclaration;

/** A whole environment, in place of the properties of one construct. */
export interface WholeEnvironmentProps {
  readonly environment: Environment;
}

/**
 * The ZooKeeper servers of a Kafka cluster: a container and its volumes for each, in the environment's network. Problems with the
 * properties are reported when the app is synthesized, and then nothing is made.
 */
export class ZookeeperEnsemble extends Construct {
  /** The metadata section that describes the ensemble to a cluster; undefined when the ensemble is part of a whole environment. */
  readonly metadata: EnvironmentInput['metadata'] | undefined;
  /** The environment the ensemble stands in; undefined when there are problems. */
  readonly environment: Environment | undefined;
  /** Everything found wrong with the properties, warnings included; paths are those of the environment's metadata section. */
  readonly problems: readonly Problem[];
  /** The network in which the servers are; undefined when there are problems. */
  readonly network: Network | undefined;

  constructor(scope: Construct, id: string, props: ZookeeperEnsembleProps | WholeEnvironmentProps) {
    super(scope, id);
    const { environment, problems } = 'environment' in props ? { ...props, problems: [] } : composeEnsemble(props, 'docker');
    this.metadata = 'environment' in props ? undefined : zookeeperMetadata(props);
    this.environment = environment;
    this.problems = problems;
    reportErrors(this, () => problems.map((problem) => ({ ...problem, path: ensemblePath(problem.path) })));
    if (environment === undefined) return;
    this.network = sharedNetwork(this, environment);
    const processes = zookeeperProcesses(environment, dockerAddressing(environment));
    createProcessGroup(this, { environment, stem: 'zookeeper', processes, networks: [this.network] });
  }

  /** The host of one server. Only for an ensemble without problems. */
  host(id: number): string {
    return this.environment === undefined ? '' : nodeHost(this.environment, 'zookeeper', id);
  }
}
