import { Construct } from 'constructs';
import {
  composeEnsemble,
  type EnsembleDeclaration,
  type Environment,
  type EnvironmentInput,
  ensemblePath,
  type Problem,
  type ResolvedZookeeper,
  reportErrors,
  zookeeperMetadata,
} from '../model';
import { type Process, zookeeperProcesses } from '../runtime';
import { kubernetesAddressing, zookeeperHost } from './addressing';
import { CertificateAuthority, OwnedCertificate } from './certificates';
import type { IssuerReference } from './custom-resources/cert-manager';
import { createDisruptionBudget } from './disruption-budget';
import type { Identity } from './labels';
import { headlessName, metricsName, serviceHost, zookeeperStem } from './names';
import { createService, createServiceAccount } from './service';
import { inNamespaceOf } from './slice';
import { Workload } from './workload';

/** Properties of `ZookeeperEnsemble`. Pods are named by the servers' ids: `zookeeper-1`. */
export type ZookeeperEnsembleProps = EnsembleDeclaration;

/** A whole environment, in place of the properties of one construct. */
export interface WholeEnvironmentProps {
  readonly environment: Environment;
}

/**
 * The ZooKeeper servers of a Kafka cluster: a StatefulSet, its Services, its disruption budget and, where it is secured, its
 * certificate. Problems with the properties are reported when the app is synthesized, and then nothing is made.
 */
export class ZookeeperEnsemble extends Construct {
  /** The metadata section that describes the ensemble to a cluster; undefined when the ensemble is part of a whole environment. */
  readonly metadata: EnvironmentInput['metadata'] | undefined;
  /** The environment the ensemble stands in; undefined when there are problems. */
  readonly environment: Environment | undefined;
  /** Everything found wrong with the properties, warnings included; paths are those of the environment's metadata section. */
  readonly problems: readonly Problem[];
  /** Who signs the servers' certificates; undefined where there are none. */
  readonly issuer: IssuerReference | undefined;

  constructor(scope: Construct, id: string, props: ZookeeperEnsembleProps | WholeEnvironmentProps) {
    super(scope, id);
    const { environment, problems } =
      'environment' in props
        ? { ...props, problems: [] }
        : composeEnsemble({ ...props, platform: inNamespaceOf(scope, props.platform) }, 'kubernetes');
    this.metadata = 'environment' in props ? undefined : zookeeperMetadata(props);
    this.environment = environment;
    this.problems = problems;
    reportErrors(this, () => problems.map((problem) => ({ ...problem, path: ensemblePath(problem.path) })));
    const metadata = environment?.metadata;
    if (environment === undefined || metadata?.mode !== 'zookeeper') return;
    const [first, ...rest] = zookeeperProcesses(environment, kubernetesAddressing(environment));
    if (first === undefined) return;
    const identity: Identity = { environment, component: 'zookeeper' };
    const name = zookeeperStem(environment);
    const serviceName = headlessName(name);
    const serviceAccountName = createServiceAccount(this, 'ServiceAccount', identity, name);
    createService(this, 'Headless', { identity, name: serviceName, type: 'Headless', ports: first.ports });
    createService(this, 'Client', { identity, name, ports: clientPorts(metadata, first) });
    const zones = [...new Set(metadata.nodes.flatMap(({ zone }) => zone ?? []))].sort();
    new Workload(this, 'Servers', { environment, name, processes: [first, ...rest], serviceAccountName, serviceName, zones });
    createDisruptionBudget(this, 'DisruptionBudget', identity, name);
    if (metadata.security === 'mtls') this.issuer = this.certify(environment, metadata);
  }

  /** The host of one server. Only for an ensemble without problems. */
  host(id: number): string {
    return this.environment === undefined ? '' : zookeeperHost(this.environment, id);
  }

  private certify(environment: Environment, metadata: ResolvedZookeeper): IssuerReference {
    const { issuer } = new CertificateAuthority(this, 'Authority', { environment });
    const stem = zookeeperStem(environment);
    // A server looks for the name behind the address of another one that connects, and gets that in any Service which has the pod.
    const others = [stem, ...(environment.monitoring.enabled ? [metricsName(stem)] : [])];
    const hosts = [
      ...metadata.nodes.map(({ id }) => zookeeperHost(environment, id)),
      serviceHost(environment, stem),
      ...others.map((service) => serviceHost(environment, service, '*')),
    ];
    new OwnedCertificate(this, 'Certificate', { environment, owner: 'zookeeper', commonName: principal(environment), hosts, issuer });
    return issuer;
  }
}

/** ZooKeeper's servers are nobody to Kafka; their name is their own. */
function principal(environment: Environment): string {
  return `${environment.name.toLowerCase()}-zookeeper`;
}

function clientPorts({ ensemble }: ResolvedZookeeper, { ports }: Process): Process['ports'] {
  return ports.filter(({ port }) => port === ensemble.ports.client || port === ensemble.ports.secureClient);
}
