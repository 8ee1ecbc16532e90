import type { ConnectCluster, Connector, ConnectorState } from '../kafka';
import { isLiteralSecret } from '../model';
import type { DesiredConnector } from './desired-connectors';
import type { Ownership } from './ownership';
import type { SecretSource } from './secrets';
import { persistently } from './service-call';

/** What a plan has to know of Kafka Connect: connectors in the scope that are there, by name. */
export type LiveConnectors = ReadonlyMap<string, LiveConnector>;

export interface LiveConnector {
  /** Without the secret ones: they are `hidden`. */
  readonly config: Readonly<Record<string, string>>;
  readonly state: ConnectorState;
  /** How many of its tasks have failed. */
  readonly failedTasks: number;
  /** Whether each declared secret is what it shall be. @default - it was not compared */
  readonly secrets?: Readonly<Record<string, 'same' | 'changed' | 'unknown'>>;
}

/** Stands for a value that nobody shall read. */
export const hidden = '(hidden)';

/** What is read of Kafka Connect: connectors by name, and which of their settings are declared to be secret. Part of a plan. */
export type ConnectorScope = Readonly<Record<string, readonly string[]>>;

/** What has to be read; undefined where nobody says anything of connectors, or nothing is declared and nothing is owned. */
export function connectorScope(desired: readonly DesiredConnector[] | undefined, ownership: Ownership): ConnectorScope | undefined {
  if (desired === undefined) return undefined;
  const declared = desired.map(({ connector, secrets }) => [connector, Object.keys(secrets)] as const);
  const names = new Set(desired.map(({ connector }) => connector));
  const undeclared = [...ownership.connectors].filter((name) => !names.has(name)).map((name) => [name, []] as const);
  const scope = [...declared, ...undeclared].sort(([a], [b]) => (a < b ? -1 : 1));
  return scope.length === 0 ? undefined : Object.fromEntries(scope);
}

const settleMs = 5_000;

/** Reads a scope in one request; again while connectors are only just being started. @throws ClusterFailure */
export async function readConnectors(
  scope: ConnectorScope,
  connect: ConnectCluster,
  wanted: readonly DesiredConnector[] = [],
  source: SecretSource = { read: async () => undefined },
): Promise<LiveConnectors> {
  const all = await settled(scope, connect);
  const secretsOf = new Map(wanted.map(({ connector, secrets }) => [connector, secrets]));
  const found: [string, LiveConnector][] = [];
  for (const [name, secretKeys] of Object.entries(scope)) {
    const there = all.get(name);
    if (there === undefined) continue;
    const shown = Object.entries(there.config).map(([key, value]) => [key, isHidden(key, value, secretKeys) ? hidden : value] as const);
    const secrets = await compared(secretsOf.get(name) ?? {}, there, source);
    const failedTasks = there.tasks.filter(({ state }) => state === 'failed').length;
    found.push([name, { config: Object.fromEntries(shown.sort()), state: there.state, failedTasks, secrets }]);
  }
  return new Map(found);
}

async function settled(scope: ConnectorScope, connect: ConnectCluster): Promise<ReadonlyMap<string, Connector>> {
  const deadline = Date.now() + settleMs;
  for (let pause = 50; ; pause *= 2) {
    const all = await persistently(() => connect.connectors());
    const moving = Object.keys(scope).some((name) => ['unassigned', 'restarting'].includes(all.get(name)?.state ?? ''));
    if (!moving || Date.now() > deadline) return all;
    await new Promise((resolve) => setTimeout(resolve, pause));
  }
}

function isHidden(key: string, value: string, secretKeys: readonly string[]): boolean {
  return secretKeys.includes(key) || isLiteralSecret(key, value, undefined);
}

/** The values are looked at here, and go no further. */
async function compared(
  secrets: Readonly<Record<string, string>>,
  { config }: Connector,
  source: SecretSource,
): Promise<NonNullable<LiveConnector['secrets']>> {
  const states: [string, 'same' | 'changed' | 'unknown'][] = [];
  for (const [key, secret] of Object.entries(secrets)) {
    const value = await source.read(secret);
    states.push([key, value === undefined ? 'unknown' : value === config[key] ? 'same' : 'changed']);
  }
  return Object.fromEntries(states);
}

/** What a plan rests on, by connector. What is secret is no part of it, not even as a digest. */
export function connectorBasis(scope: ConnectorScope, live: LiveConnectors): readonly (readonly [string, unknown])[] {
  return Object.keys(scope).map((name) => {
    const there = live.get(name);
    return [`connector ${name}`, there === undefined ? 'absent' : [there.config, there.state]] as const;
  });
}
