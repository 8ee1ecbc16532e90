import type { Network } from '@cdktf/provider-docker/lib/network';
import { Construct } from 'constructs';
import {
  type ClusterAddition,
  type ClusterDeclaration,
  compose,
  type Environment,
  GrowingEnvironment,
  type Problem,
  reportErrors,
  sameProblem,
} from '../model';
import { type Addressing, kafkaProcesses } from '../runtime';
import { dockerAddressing } from './addressing';
import { createProcessGroup } from './process-group';
import { sharedNetwork } from './shared-resources';
import { type WholeEnvironmentProps, ZookeeperEnsemble } from './zookeeper-ensemble';

/** Properties of `KafkaCluster`. Containers are named by the nodes' ids, `kafka-<id>`, unless `platform.docker.containers` says otherwise. */
export type KafkaClusterProps = ClusterDeclaration<ZookeeperEnsemble>;

/** A whole environment, and the ensemble made from the same one where it has ZooKeeper. */
export interface WholeClusterProps extends WholeEnvironmentProps {
  /** @default - the environment has no ZooKeeper */
  readonly zookeeper?: ZookeeperEnsemble;
}

/**
 * The Kafka nodes of an environment: a container and its volumes for each, in the environment's network. Topics and grants are added
 * by other constructs and change none of these. Problems with the properties are reported when the app is synthesized, and then
 * nothing is made.
 */
export class KafkaCluster extends Construct {
  /** Who is where; undefined when there are problems. */
  readonly addressing: Addressing | undefined;
  /** The networks that the nodes are in: the environment's, and the ensemble's where that is another; none when there are problems. */
  readonly networks: readonly Network[];
  private readonly grown: GrowingEnvironment<Construct> | undefined;
  private readonly found: readonly Problem[];
  private readonly adders = new Set<Construct>();

  constructor(scope: Construct, id: string, props: KafkaClusterProps | WholeClusterProps) {
    super(scope, id);
    const zookeeper = 'environment' in props ? props.zookeeper : ensembleOf(props);
    const { environment, problems } = 'environment' in props ? { ...props, problems: [] } : composition(props);
    this.found = problems;
    this.grown = environment === undefined ? undefined : new GrowingEnvironment(environment, 'docker');
    reportErrors(this, () => [...problems, ...this.problemsOf(undefined)]);
    this.networks = [];
    if (environment === undefined) return;
    const own = sharedNetwork(this, environment);
    const { network: ensembles } = zookeeper ?? {};
    this.networks = ensembles === undefined || ensembles === own ? [own] : [own, ensembles];
    this.addressing = dockerAddressing(environment, zookeeper === undefined ? undefined : (server) => zookeeper.host(server));
    const processes = kafkaProcesses(environment, this.addressing);
    createProcessGroup(this, { environment, stem: 'kafka', processes, networks: this.networks });
  }

  /**
   * The environment as it stands: what the properties say and what has been added so far. Undefined when the properties have
   * problems; they are reported by the cluster, so whoever stands on it makes nothing and says nothing.
   */
  get environment(): Environment | undefined {
    return this.grown?.environment;
  }

  /** Everything found wrong with the properties, warnings and notices included. */
  get problems(): readonly Problem[] {
    return this.found;
  }

  /** Adds what lives in Kafka. Whatever is wrong with it is reported at `owner` when the app is synthesized. */
  add(owner: Construct, slice: ClusterAddition): void {
    if (!this.adders.has(owner)) reportErrors(owner, () => this.problemsOf(owner));
    this.adders.add(owner);
    this.grown?.add(owner, slice);
  }

  private problemsOf(owner: Construct | undefined): readonly Problem[] {
    return this.grown?.problemsOf(owner) ?? [];
  }
}

function ensembleOf({ metadata }: KafkaClusterProps): ZookeeperEnsemble | undefined {
  return metadata instanceof ZookeeperEnsemble ? metadata : undefined;
}

/** What the ensemble has reported already is not reported again. */
function composition(props: KafkaClusterProps) {
  const ensemble = ensembleOf(props);
  const value = { ...props, metadata: ensemble === undefined ? props.metadata : ensemble.metadata };
  const reported = ensemble?.problems ?? [];
  return compose(value, 'docker', (problem) => !reported.some((other) => sameProblem(other, problem)));
}
