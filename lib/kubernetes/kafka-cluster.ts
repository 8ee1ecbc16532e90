import { Construct } from 'constructs';
import {
  brokerPrincipal,
  brokersOf,
  type ClusterAddition,
  compose,
  controllersOf,
  type Environment,
  GrowingEnvironment,
  type Problem,
  type ResolvedPool,
  reportErrors,
  sameProblem,
  usesTls,
} from '../model';
import { type Addressing, type CertificateOwner, kafkaProcesses, type Process } from '../runtime';
import { kubernetesAddressing } from './addressing';
import { CertificateAuthority, OwnedCertificate } from './certificates';
import type { IssuerReference } from './custom-resources/cert-manager';
import type { DeployedCluster } from './deployed-cluster';
import { createDisruptionBudget } from './disruption-budget';
import type { KafkaClusterProps } from './kafka-cluster-props';
import { kafkaHosts } from './kafka-hosts';
import { createKafkaServices } from './kafka-services';
import type { Identity } from './labels';
import { headlessName, kafkaObjectName, kafkaStem, poolName } from './names';
import { createServiceAccount } from './service';
import { inNamespaceOf } from './slice';
import { Workload } from './workload';
import { type WholeEnvironmentProps, ZookeeperEnsemble } from './zookeeper-ensemble';

/** A whole environment, and the ensemble made from the same one where it has ZooKeeper. */
export interface WholeClusterProps extends WholeEnvironmentProps {
  /** @default - the environment has no ZooKeeper, or another construct's certificates are not shared */
  readonly zookeeper?: ZookeeperEnsemble;
}

/**
 * The Kafka nodes of an environment: a StatefulSet for each pool, Services, disruption budgets and certificates. Topics and grants
 * are added by other constructs and change none of these. Problems with the properties are reported when the app is synthesized,
 * and then nothing is made.
 */
export class KafkaCluster extends Construct implements DeployedCluster {
  /** Who is where; undefined when there are problems. */
  readonly addressing: Addressing | undefined;
  /** Who signs certificates; undefined where nothing speaks TLS. */
  readonly issuer: IssuerReference | undefined;
  private readonly base: Environment | undefined;
  private readonly grown: GrowingEnvironment<Construct> | undefined;
  private readonly found: readonly Problem[];
  private readonly adders = new Set<Construct>();
  private readonly certificates = new Set<CertificateOwner>();

  constructor(scope: Construct, id: string, props: KafkaClusterProps | WholeClusterProps) {
    super(scope, id);
    const zookeeper = 'environment' in props ? props.zookeeper : ensembleOf(props);
    const { environment, problems } = 'environment' in props ? { ...props, problems: [] } : composition(scope, props);
    this.base = environment;
    this.grown = environment === undefined ? undefined : new GrowingEnvironment(environment, 'kubernetes');
    this.found = problems;
    reportErrors(this, () => [...problems, ...this.problemsOf(undefined)]);
    if (environment === undefined) return;
    this.addressing = kubernetesAddressing(environment, zookeeper === undefined ? undefined : (server) => zookeeper.host(server));
    const processes = kafkaProcesses(environment, this.addressing);
    const identity: Identity = { environment, component: 'kafka' };
    const serviceAccountName = createServiceAccount(this, 'ServiceAccount', identity, kafkaStem(environment));
    createKafkaServices(this, environment, processes);
    for (const pool of environment.pools) createPool(this, environment, pool, processes, serviceAccountName);
    createDisruptionBudgets(this, environment);
    if (!usesTls(environment)) return;
    this.issuer = zookeeper?.issuer ?? new CertificateAuthority(this, 'Authority', { environment }).issuer;
    this.addCertificate('broker', brokerPrincipal(environment.name), kafkaHosts(environment, this.addressing));
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

  /** Makes the certificate of an owner, once; does nothing where nothing speaks TLS. */
  addCertificate(owner: CertificateOwner, commonName: string, hosts: readonly string[] = []): void {
    if (this.base === undefined || this.issuer === undefined || this.certificates.has(owner)) return;
    this.certificates.add(owner);
    new OwnedCertificate(this, `${owner}-certificate`, { environment: this.base, owner, commonName, hosts, issuer: this.issuer });
  }

  private problemsOf(owner: Construct | undefined): readonly Problem[] {
    return this.grown?.problemsOf(owner) ?? [];
  }
}

function ensembleOf({ metadata }: KafkaClusterProps): ZookeeperEnsemble | undefined {
  return metadata instanceof ZookeeperEnsemble ? metadata : undefined;
}

/** What the ensemble has reported already is not reported again. */
function composition(scope: Construct, props: KafkaClusterProps) {
  const ensemble = ensembleOf(props);
  const platform = inNamespaceOf(scope, props.platform);
  const value = { ...props, platform, metadata: ensemble === undefined ? props.metadata : ensemble.metadata };
  const reported = ensemble?.problems ?? [];
  return compose(value, 'kubernetes', (problem) => !reported.some((other) => sameProblem(other, problem)));
}

function createPool(
  scope: Construct,
  environment: Environment,
  pool: ResolvedPool,
  all: readonly Process[],
  serviceAccountName: string,
): void {
  const [first, ...rest] = all.filter(({ id }) => id !== undefined && pool.ids.includes(id));
  if (first === undefined) return;
  new Workload(scope, pool.name, {
    environment,
    name: poolName(environment, pool.name),
    processes: [first, ...rest],
    serviceAccountName,
    pool: pool.name,
    roles: pool.roles,
    zones: pool.zone === undefined ? [] : [pool.zone],
    serviceName: headlessName(kafkaStem(environment)),
  });
}

/**
 * One budget for the brokers and one for the controllers; where a node is both, one for all, because Kubernetes refuses to evict a
 * pod that two budgets cover.
 */
function createDisruptionBudgets(scope: Construct, environment: Environment): void {
  const kafka: Identity = { environment, component: 'kafka' };
  const stem = kafkaStem(environment);
  if (controllersOf(environment).length === 0 || environment.nodes.some((node) => node.broker && node.controller)) {
    createDisruptionBudget(scope, 'DisruptionBudget', kafka, stem);
    return;
  }
  if (brokersOf(environment).length > 0) createDisruptionBudget(scope, 'DisruptionBudget', { ...kafka, roles: ['broker'] }, stem);
  createDisruptionBudget(scope, 'ControllerBudget', { ...kafka, roles: ['controller'] }, kafkaObjectName(environment, 'controllers'));
}
