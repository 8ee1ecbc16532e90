import type { Rule } from './rule';

/** Settings that stand elsewhere in the declaration of a connector. */
const owned: Readonly<Record<string, string>> = { name: 'its key under connectors', 'connector.class': 'class' };

export const connectorRules: readonly Rule[] = [
  {
    code: 'connector/owned-setting',
    severity: 'error',
    reason: 'The name and the class of a connector stand in one place.',
    check: ({ connectors }) =>
      Object.entries(connectors).flatMap(([name, { config, secrets }]) =>
        Object.entries({ config, secrets }).flatMap(([section, settings]) =>
          Object.keys(settings)
            .filter((key) => Object.hasOwn(owned, key))
            .map((key) => ({
              path: ['connectors', name, section, key],
              message: `"${key}" of connector "${name}" stands in two places; write it as ${owned[key]} alone`,
            })),
        ),
      ),
  },
  {
    code: 'connector/setting-twice',
    severity: 'error',
    reason: 'A setting is either written down or a secret.',
    check: ({ connectors }) =>
      Object.entries(connectors).flatMap(([name, { config, secrets }]) =>
        Object.keys(secrets)
          .filter((key) => Object.hasOwn(config, key))
          .map((key) => ({
            path: ['connectors', name, 'config', key],
            message: `"${key}" of connector "${name}" stands under secrets too; remove one of them`,
          })),
      ),
  },
];
