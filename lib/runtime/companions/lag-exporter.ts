import type { Environment } from '../../model';
import type { Addressing } from '../addressing';
import { heapOptions } from '../jvm';
import { configDirectory, type Process } from '../process';
import type { SettingValues } from '../properties';
import { type ClientAccess, clientAccess } from './client-access';
import { companionHeap, companionProcess } from './companion-process';
import { secretEnvironment, storesOnly, withVariables } from './secret-variables';

const path = `${configDirectory}/lag-exporter.conf`;

const marker = (variable: string) => `<<${variable}>>`;

/** A quoted text; the variables stand between the quotes, where the program looks for them. */
function hoconText(text: string): string {
  return JSON.stringify(text).replace(/<<(\w+)>>/g, (_, variable: string) => `"\${${variable}}"`);
}

/** Keys stay bare: the program reads them as paths, and so cannot be told of Kafka's config providers, whose keys contain each other. */
function hocon(settings: SettingValues, indent: string): string {
  return Object.keys(settings)
    .sort()
    .map((key) => `${indent}${key} = ${hoconText(String(settings[key]))}\n`)
    .join('');
}

function clientSettings(access: ClientAccess): SettingValues {
  return Object.fromEntries(Object.entries(access.settings).map(([key, value]) => [key, withVariables(access, String(value), marker)]));
}

/** The consumer lag exporter: lag in records and in seconds, under the names that the dashboards and alerts use. */
export function lagExporterProcess(environment: Environment, addressing: Addressing): Process | undefined {
  const companion = environment.companions.lagExporter;
  if (companion === undefined) return undefined;
  const access = clientAccess(environment, addressing, 'lag-exporter');
  const client = hocon(clientSettings(access), '        ');
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
      secretEnv: secretEnvironment(access),
      files: [{ path, content }],
      secretFiles: storesOnly(access),
    },
  });
}
