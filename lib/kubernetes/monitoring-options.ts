import { type Environment, isStrimzi, type ResolvedPool, strimziVolumes } from '../model';
import type { AlertThresholds, MonitoringOptions } from '../runtime';
import { kafkaStem, namespaceOf, poolName } from './names';

/** The operator names claims by the volume's number, and pods by cluster and pool. */
function claimsOf(environment: Environment, pool: ResolvedPool): readonly string[] {
  return isStrimzi(environment)
    ? strimziVolumes(pool.disks).map(({ id }) => `data-${id}-${escaped(`${kafkaStem(environment)}-${pool.name}`)}-[0-9]+`)
    : pool.disks.map((disk) => `${escaped(disk.name)}-${escaped(poolName(environment, pool.name))}-[0-9]+`);
}

function escaped(text: string): string {
  return text.replace(/[.*+?^${}()|[\]\\]/g, '\\$&');
}

/** The claims of the brokers' volumes, as a regular expression: `<volume>-<pod>`. */
function brokerClaims(environment: Environment): string {
  const claims = environment.pools.filter(({ roles }) => roles.includes('broker')).flatMap((pool) => claimsOf(environment, pool));
  return [...new Set(claims)].join('|');
}

/** What alert rules and dashboards are told of an environment on Kubernetes. */
export function monitoringOptions(environment: Environment, thresholds: Partial<AlertThresholds> = {}): MonitoringOptions {
  const { nodes, metadata, monitoring, companions } = environment;
  return {
    cluster: environment.name,
    metadata: metadata.mode,
    brokers: nodes.filter(({ broker }) => broker).length,
    controllers: nodes.filter(({ broker, controller }) => controller && !broker).length,
    zookeepers: metadata.mode === 'zookeeper' ? metadata.nodes.length : 0,
    lagExporter: companions.lagExporter !== undefined,
    volumes: { namespace: namespaceOf(environment), claims: brokerClaims(environment) },
    thresholds: { ...monitoring.thresholds, ...thresholds },
  };
}
