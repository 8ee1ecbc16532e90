import type { Environment } from '../../model';
import type { Addressing } from '../addressing';
import { heapOptions } from '../jvm';
import { configDirectory, type Process } from '../process';
import type { SettingValues } from '../properties';
import { clientAccess } from './client-access';
import { companionHeap, companionProcess } from './companion-process';

const path = `${configDirectory}/lag-exporter.conf`;

/** Keys stay bare, for the program wants them as paths; values are quoted, so that a reference in one stays as it is. */
function hocon(settings: SettingValues, indent: string): string {
  return Object.keys(settings)
    .sort()
    .map((key) => `${indent}${key} = ${JSON.stringify(String(settings[key]))}\n`)
    .join('');
}

/** The consumer lag exporter: lag in records and in seconds, under the names that the dashboards and alerts use. */
export function lagExporterProcess(environment: Environment, addressing: Addressing): Process | undefined {
  const companion = environment.companions.lagExporter;
  if (companion === undefined) return undefined;
  const access = clientAccess(environment, addressing, 'lag-exporter');
  const client = hocon({ ...access.provider, ...access.settings }, '      ');
  const content = `kafka-lag-exporter {
  reporters.prometheus.port = ${companion.port}
  poll-interval = ${companion.pollIntervalSeconds} seconds
  clusters = [
    {
      name = ${JSON.stringify(environment.name)}
      bootstrap-brokers = ${JSON.stringify(access.addresses.join(','))}
      consumer-properties = {
${client}      }
      admin-client-properties = {
${client}      }
    }
  ]
${hocon(companion.config, '  ')}}
`;
  return companionProcess({
    component: 'lag-exporter',
    companion,
    image: { repository: 'seglo/kafka-lag-exporter', tag: '0.8.2' },
    user: 1001,
    command: ['/opt/docker/bin/kafka-lag-exporter', `-Dconfig.file=${path}`],
    readyPath: '/metrics',
    parts: {
      env: { JAVA_OPTS: heapOptions(companionHeap(companion)) },
      files: [{ path, content }],
      secretFiles: access.secretFiles,
    },
  });
}
