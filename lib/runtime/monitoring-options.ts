import { brokersOf, type Environment } from '../model';
import type { MonitoringOptions } from './metrics';

/** What alert rules and dashboards have to know of an environment; volumes are the platform's to name. */
export function monitoringOptions(environment: Environment, volumes?: MonitoringOptions['volumes']): MonitoringOptions {
  const { metadata, monitoring, companions } = environment;
  return {
    cluster: environment.name,
    metadata: metadata.mode,
    brokers: brokersOf(environment).length,
    controllers: environment.nodes.filter((node) => node.controller && !node.broker).length,
    zookeepers: metadata.mode === 'zookeeper' ? metadata.nodes.length : 0,
    lagExporter: companions.lagExporter !== undefined,
    ...(volumes === undefined ? {} : { volumes }),
    thresholds: monitoring.thresholds,
  };
}
