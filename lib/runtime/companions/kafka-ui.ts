import type { Environment } from '../../model';
import type { Addressing } from '../addressing';
import { heapOptions } from '../jvm';
import { configDirectory, type Process } from '../process';
import { secretVariableDirectory } from '../secrets';
import { companionUrl } from './addresses';
import { type ClientAccess, clientAccess } from './client-access';
import { companionHeap, companionProcess } from './companion-process';
import { secretEnvironment, storesOnly, withVariables } from './secret-variables';

const path = `${configDirectory}/kafka-ui.yaml`;

/** Spring takes `${…}` for its own, so the references are to variables. */
function clientSettings(access: ClientAccess): Readonly<Record<string, string>> {
  return Object.fromEntries(
    Object.entries(access.settings).map(([key, value]) => [key, withVariables(access, String(value), (variable) => `\${${variable}}`)]),
  );
}

/** What the program reads; JSON is YAML. */
function config(environment: Environment, addressing: Addressing, access: ClientAccess, port: number): string {
  const url = (name: 'schemaRegistry' | 'connect' | 'ksqldb') => companionUrl(environment, addressing, name);
  const connect = url('connect');
  const { monitoring } = environment;
  const cluster = {
    name: environment.name,
    bootstrapServers: access.addresses.join(','),
    properties: clientSettings(access),
    schemaRegistry: url('schemaRegistry'),
    kafkaConnect: connect === undefined ? undefined : [{ name: 'connect', address: connect }],
    ksqldbServer: url('ksqldb'),
    metrics: monitoring.enabled ? { type: 'PROMETHEUS', port: monitoring.metricsPort } : undefined,
  };
  const settings = { server: { port }, kafka: { clusters: [cluster] }, ...environment.companions.kafkaUi?.config };
  return `${JSON.stringify(settings, undefined, 2)}\n`;
}

/** Kafbat's Kafka UI. */
export function kafkaUiProcess(environment: Environment, addressing: Addressing): Process | undefined {
  const companion = environment.companions.kafkaUi;
  if (companion === undefined) return undefined;
  const access = clientAccess(environment, addressing, 'kafka-ui');
  return companionProcess({
    component: 'kafka-ui',
    companion,
    image: { registry: 'ghcr.io', repository: 'kafbat/kafka-ui', tag: 'v1.2.0' },
    user: 100,
    command: [],
    readyPath: '/actuator/health',
    parts: {
      env: {
        JAVA_OPTS: heapOptions(companionHeap(companion)),
        SPRING_CONFIG_ADDITIONALLOCATION: `file:${path}`,
        // Spring takes files for variables as well, where a platform has no secret variables.
        SPRING_CONFIG_IMPORT: `optional:configtree:${secretVariableDirectory}/`,
      },
      secretEnv: secretEnvironment(access),
      files: [{ path, content: config(environment, addressing, access, companion.port) }],
      secretFiles: storesOnly(access),
    },
  });
}
