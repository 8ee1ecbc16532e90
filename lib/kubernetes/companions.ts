import { Construct } from 'constructs';
import { isStrimzi } from '../model';
import { companionProcesses, type Process } from '../runtime';
import type { DeployedCluster } from './deployed-cluster';
import { createDisruptionBudget } from './disruption-budget';
import { companionName } from './names';
import { createService, createServiceAccount } from './service';
import { Workload } from './workload';

/** Properties of `Companions`. */
export interface CompanionsProps {
  /** The cluster they stand beside. */
  readonly cluster: DeployedCluster;
}

/** They watch all of Kubernetes already, so an environment brings none of its own: Monitoring gives them what they read. */
const broughtByKubernetes: readonly Process['component'][] = ['prometheus', 'grafana'];

/** The operator runs them from resources of its own. */
const broughtByStrimzi: readonly Process['component'][] = ['connect', 'mirror-maker'];

/**
 * The programs beside a cluster: Schema Registry, Connect, Kafka UI, ksqlDB, REST Proxy, Redis, the lag exporter and MirrorMaker, each
 * one that the environment declares, as a workload with a Service, and a disruption budget where there are several instances.
 */
export class Companions extends Construct {
  constructor(scope: Construct, id: string, { cluster }: CompanionsProps) {
    super(scope, id);
    const { environment, addressing } = cluster;
    if (environment === undefined || addressing === undefined) return;
    const others = isStrimzi(environment) ? [...broughtByKubernetes, ...broughtByStrimzi] : broughtByKubernetes;
    const processes = companionProcesses(environment, addressing).filter(({ component }) => !others.includes(component));
    if (processes.some(holdsCertificate)) cluster.addCertificate('client', `${environment.name.toLowerCase()}-client`);
    for (const process of processes) {
      const { component } = process;
      const name = companionName(component);
      const identity = { environment, component };
      const own = new Construct(this, component);
      new Workload(own, 'Workload', {
        environment,
        name,
        processes: [process],
        serviceAccountName: createServiceAccount(own, 'ServiceAccount', identity, name),
      });
      if (process.ports.length > 0) createService(own, 'Service', { identity, name, ports: process.ports });
      if (process.replicas > 1) createDisruptionBudget(own, 'DisruptionBudget', identity, name);
    }
  }
}

/** Key and trust stores come with a certificate, even where only trust is needed. */
function holdsCertificate({ secretFiles }: Process): boolean {
  return secretFiles.some(({ source }) => source.kind === 'certificate' && source.owner === 'client');
}
