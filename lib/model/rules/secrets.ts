import { catalogueFor } from '../catalogue';
import type { ConfigMap } from '../config-map';
import type { Environment } from '../environment';
import { isLiteralSecret } from '../literal-secret';
import type { Path } from '../problem';
import { accountSecret, secretsOf } from '../required-secrets';
import { configsOf } from './config';
import type { Finding, Rule } from './rule';
import { nearestRemedy, repeated } from './words';

/** Settings of other programs, whose types nobody tells. */
function foreignConfigs(environment: Environment): { path: Path; config: ConfigMap }[] {
  const companions = Object.entries(environment.companions).flatMap(([name, companion]) =>
    companion === undefined ? [] : [{ path: ['companions', name, 'config'], config: companion.config }],
  );
  const connectors = Object.entries(environment.connectors).map(([name, { config }]) => ({ path: ['connectors', name, 'config'], config }));
  const programs = [...companions, ...connectors];
  return environment.metadata.mode === 'zookeeper'
    ? [...programs, { path: ['metadata', 'ensemble', 'config'], config: environment.metadata.ensemble.config }]
    : programs;
}

function checkLiterals(environment: Environment): Finding[] {
  // The newest line that has everything: a password stays one whichever release runs.
  const catalogue = catalogueFor('3.9');
  const kafka = configsOf(environment).flatMap(({ path, scope, config }) =>
    Object.entries(config)
      .filter(([key, value]) => isLiteralSecret(key, value, catalogue.definition(scope, key)?.type))
      .map(([key]) => ({ path, key })),
  );
  const foreign = foreignConfigs(environment).flatMap(({ path, config }) =>
    Object.entries(config)
      .filter(([key, value]) => isLiteralSecret(key, value, undefined))
      .map(([key]) => ({ path, key })),
  );
  const settings = [...kafka, ...foreign].map(({ path, key }) => ({
    path: [...path, key],
    message: `"${key}" holds a secret in clear; read it from a file through a config provider, or name a logical secret under secrets`,
  }));
  return [...settings, ...checkJvmOptions(environment)];
}

function checkJvmOptions({ kafka, metadata }: Environment): Finding[] {
  const places: { path: Path; options: readonly string[] }[] = [{ path: ['kafka', 'jvmOptions'], options: kafka.jvmOptions }];
  if (metadata.mode === 'zookeeper') places.push({ path: ['metadata', 'ensemble', 'jvmOptions'], options: metadata.ensemble.jvmOptions });
  return places.flatMap(({ path, options }) =>
    options.flatMap((option, index) => {
      const [, key, value] = /^-D([^=]+)=(.+)$/.exec(option) ?? [];
      return key !== undefined && isLiteralSecret(key, value, undefined)
        ? [
            {
              path: [...path, index],
              message: `JVM option -D${key} holds a secret in clear; every process of the machine can read it, so give it by a file`,
            },
          ]
        : [];
    }),
  );
}

export const secretRules: readonly Rule[] = [
  {
    code: 'secret/literal',
    severity: 'error',
    reason: 'A secret in a file is a secret in every copy of the file.',
    check: checkLiterals,
  },
  {
    code: 'secret/shared-by-accounts',
    severity: 'error',
    reason: 'Two accounts with one password are one account.',
    check: (environment) =>
      repeated(
        Object.entries(environment.serviceAccounts)
          .filter(([, { authentication }]) => authentication !== 'mtls')
          .map(([account]) => account),
        (account) => accountSecret(environment, account),
      ).map(({ item }) => ({
        path: ['serviceAccounts', item],
        message: `secret "${accountSecret(environment, item)}" of the account "${item}" is that of another account too; give it a secret of its own`,
      })),
  },
  {
    code: 'secret/unknown',
    severity: 'error',
    reason: 'A binding for a secret that nothing uses is a misspelt one, and the real one has none.',
    reads: ['secrets.**', 'serviceAccounts.**'],
    check: (environment) => {
      const known = secretsOf(environment).map(({ name }) => name);
      return Object.keys(environment.platform.kubernetes.secrets)
        .filter((name) => !known.includes(name))
        .map((name) => ({
          path: ['platform', 'kubernetes', 'secrets', name],
          message: `no logical secret is named "${name}"; ${nearestRemedy(name, known, 'declare it under secrets or remove it')}`,
        }));
    },
  },
];
