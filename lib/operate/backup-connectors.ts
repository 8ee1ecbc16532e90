import type { ConnectCluster, Connector } from '../kafka';
import { isLiteralSecret } from '../model';
import type { BackupConnector } from './backup-format';

/** By connector and setting: the logical secret that the environment declares for it. */
export type DeclaredSecrets = Readonly<Record<string, Readonly<Record<string, string>>>>;

/**
 * All connectors, by name. Workers show everything that they were given, so what is secret is left out here: what is declared to be, and
 * what is by its name. A placeholder of the workers' own (`${file:…}`) says nothing, and stays.
 */
export async function collectConnectors(connect: ConnectCluster, declared: DeclaredSecrets = {}): Promise<BackupConnector[]> {
  const all = [...(await connect.connectors())].sort(([a], [b]) => (a < b ? -1 : 1));
  return all.map(([name, { type, state, config }]) => {
    const secrets = declared[name] ?? {};
    const isSecret = ([key, value]: readonly [string, string]) => secrets[key] !== undefined || isLiteralSecret(key, value, undefined);
    const settings = Object.entries(config).sort(([a], [b]) => (a < b ? -1 : 1));
    return {
      name,
      type,
      state: lasting(state),
      config: Object.fromEntries(settings.filter((setting) => !isSecret(setting))),
      secrets: Object.fromEntries(settings.filter(isSecret).map(([key]) => [key, secrets[key] ?? null])),
    };
  });
}

/** What somebody wanted; that it fails or just starts passes. */
function lasting(state: Connector['state']): BackupConnector['state'] {
  return state === 'paused' || state === 'stopped' ? state : 'running';
}
