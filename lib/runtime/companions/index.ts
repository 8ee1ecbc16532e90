import type { Environment } from '../../model';
import type { Addressing } from '../addressing';
import type { Process } from '../process';
import { connectProcess } from './connect';
import { grafanaProcess } from './grafana';
import { kafkaUiProcess } from './kafka-ui';
import { ksqldbProcess } from './ksqldb';
import { lagExporterProcess } from './lag-exporter';
import { mirrorMakerProcess } from './mirror-maker';
import { prometheusProcess } from './prometheus';
import { redisProcess } from './redis';
import { restProxyProcess } from './rest-proxy';
import { schemaRegistryProcess } from './schema-registry';

export { companionComponents } from './addresses';

const companions = [
  schemaRegistryProcess,
  connectProcess,
  ksqldbProcess,
  restProxyProcess,
  kafkaUiProcess,
  redisProcess,
  lagExporterProcess,
  prometheusProcess,
  grafanaProcess,
  mirrorMakerProcess,
] as const;

/** A process for every declared companion, callees before callers. */
export function companionProcesses(environment: Environment, addressing: Addressing): readonly Process[] {
  return companions.flatMap((companion) => companion(environment, addressing) ?? []);
}
