import { type ConfigFault, type ConfigScope, catalogueFor, catalogueLine, checkConfig } from '../catalogue';
import type { ConfigMap } from '../config-map';
import type { Environment } from '../environment';
import { oncePerEnvironment } from '../once-per-environment';
import type { Path } from '../problem';
import { ownedSetting } from './owned-settings';
import type { Finding, Rule } from './rule';

/** A map of settings and whose they are. */
export interface PlacedConfig {
  readonly path: Path;
  readonly scope: ConfigScope;
  readonly config: ConfigMap;
}

/** Every map of Kafka settings in an environment that holds any. */
export const configsOf = oncePerEnvironment((environment): readonly PlacedConfig[] => {
  const configs: PlacedConfig[] = [];
  const place = (scope: ConfigScope, config: ConfigMap, path: Path): void => {
    if (Object.keys(config).length > 0) configs.push({ path, scope, config });
  };
  place('broker', environment.kafka.config, ['kafka', 'config']);
  for (const [index, { config }] of environment.pools.entries()) place('broker', config, ['nodePools', index, 'config']);
  for (const { name, config } of environment.topics) place('topic', config, ['topics', name, 'config']);
  for (const scope of ['producer', 'consumer'] as const) {
    for (const { name, clientSettings } of environment.topics)
      place(scope, clientSettings[scope], ['topics', name, 'clientSettings', scope]);
    for (const [name, profile] of Object.entries(environment.clients)) place(scope, profile[scope], ['clients', name, scope]);
  }
  return configs;
});

type PlacedFault = Finding & { readonly code: ConfigFault['code'] };

/** One pass over the catalogue serves the rows of all codes. */
const faultsOf = oncePerEnvironment((environment): readonly PlacedFault[] => {
  const line = catalogueLine(environment.kafka.version.line);
  return line === undefined ? [] : findFaults(environment, line);
});

function findFaults(environment: Environment, line: Parameters<typeof catalogueFor>[0]): PlacedFault[] {
  const catalogue = catalogueFor(line);
  return configsOf(environment).flatMap(({ path, scope, config }) =>
    checkConfig(catalogue, scope, scope === 'broker' ? notOwned(config) : config).map(({ key, code, message }) => ({
      path: [...path, key],
      code,
      message,
    })),
  );
}

function notOwned(config: ConfigMap): ConfigMap {
  return Object.fromEntries(Object.entries(config).filter(([key]) => ownedSetting(key) === undefined));
}

const reasons: Readonly<Record<ConfigFault['code'], string>> = {
  'config/unknown-key': 'Kafka ignores a setting it does not know, or refuses the topic.',
  'config/client-setting': 'Settings of producers and consumers are never sent to a broker.',
  'config/wrong-scope': 'Brokers and topics have settings of their own.',
  'config/listener-case': 'Kafka reads the prefixes of listeners in lower case and ignores others.',
  'config/wrong-type': 'Kafka refuses to start, or refuses the topic.',
  'config/out-of-range': 'Kafka refuses to start, or refuses the topic.',
  'config/not-allowed': 'Kafka refuses to start, or refuses the topic.',
  'config/inexact-number': 'A number beyond 2^53 is rounded while the file is read; in quotes it is exact.',
};

const codes = Object.keys(reasons) as ConfigFault['code'][];

export const configRules: readonly Rule[] = [
  ...codes.map(
    (code): Rule => ({
      code,
      severity: 'error',
      reason: reasons[code],
      reads: ['kafka.version', 'kafka.distribution'],
      check: (environment) =>
        faultsOf(environment)
          .filter((fault) => fault.code === code)
          .map(({ path, message }) => ({ path, message })),
    }),
  ),
  {
    code: 'config/owned',
    severity: 'error',
    reason: 'What follows from other fields has one place to be said in.',
    check: (environment) =>
      configsOf(environment)
        .filter(({ scope }) => scope === 'broker')
        .flatMap(({ path, config }) =>
          Object.keys(config)
            .sort()
            .flatMap((key) => {
              const remedy = ownedSetting(key);
              return remedy === undefined ? [] : [{ path: [...path, key], message: `"${key}" follows from other fields; ${remedy}` }];
            }),
        ),
  },
];
