import type { ConnectorTarget, Environment } from '../model';

/** What Kafka Connect shall run. */
export interface DesiredConnector {
  readonly connector: string;
  /** Values as Kafka Connect writes them, without those that are secret. */
  readonly config: Readonly<Record<string, string>>;
  /** The logical secret of each setting that holds one. */
  readonly secrets: Readonly<Record<string, string>>;
  readonly state: ConnectorTarget;
}

/** What an environment wants of its workers, by name. Pure. */
export function desiredConnectors({ connectors }: Environment): readonly DesiredConnector[] {
  return byName(connectors).map(([connector, { class: java, config, secrets, state }]) => ({
    connector,
    config: Object.fromEntries(byName({ ...config, 'connector.class': java }).map(([key, value]) => [key, String(value)])),
    secrets: Object.fromEntries(byName(secrets)),
    state,
  }));
}

function byName<Value>(record: Readonly<Record<string, Value>>): readonly (readonly [string, Value])[] {
  return Object.entries(record).sort(([a], [b]) => (a < b ? -1 : 1));
}
