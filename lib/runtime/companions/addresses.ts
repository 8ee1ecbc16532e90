import type { CompanionName, Environment } from '../../model';
import type { Addressing } from '../addressing';
import type { Component } from '../process';

/** The components of the companions, by their keys in an environment file. */
export const companionComponents: Readonly<Record<CompanionName, Component>> = {
  schemaRegistry: 'schema-registry',
  connect: 'connect',
  kafkaUi: 'kafka-ui',
  ksqldb: 'ksqldb',
  restProxy: 'rest-proxy',
  redis: 'redis',
  prometheus: 'prometheus',
  grafana: 'grafana',
  lagExporter: 'lag-exporter',
  mirrorMaker: 'mirror-maker',
};

/** The address at which another companion answers, or undefined when the environment has none. */
export function companionUrl(environment: Environment, addressing: Addressing, name: CompanionName): string | undefined {
  const companion = environment.companions[name];
  return companion === undefined ? undefined : `http://${addressing.companionHost(companionComponents[name])}:${companion.port}`;
}
