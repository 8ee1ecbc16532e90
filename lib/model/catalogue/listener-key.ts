/** A broker key with a listener's prefix, taken apart. */
export interface ListenerKey {
  readonly listener: string;
  /** The SASL mechanism's prefix, where there is one. */
  readonly mechanism?: string;
  /** The setting without prefixes. */
  readonly base: string;
  /** Why Kafka would silently ignore the setting: prefixes count in lower case only. */
  readonly problem?: 'upper-case';
}

const PREFIX = 'listener.name.';

/** Whether a key has the form that only listener settings have. */
export function hasListenerPrefix(key: string): boolean {
  return key.startsWith(PREFIX);
}

/**
 * Takes `listener.name.<listener>.[<mechanism>.]<setting>` apart. `undefined` when the key has another form, when there
 * is no such setting, or when the setting is one that Kafka reads for the whole broker only.
 */
export function parseListenerKey(key: string, isBrokerKey: (key: string) => boolean): ListenerKey | undefined {
  const parts = /^listener\.name\.([^.]+)\.(.+)$/.exec(key);
  const [, listener, rest] = parts ?? [];
  if (listener === undefined || rest === undefined) return undefined;
  if (isBrokerKey(rest) && isPerListener(rest)) return withCase({ listener, base: rest });
  const dot = rest.indexOf('.');
  const mechanism = rest.slice(0, Math.max(dot, 0));
  const base = rest.slice(dot + 1);
  if (mechanism === '' || !isBrokerKey(base) || !isPerMechanism(base)) return undefined;
  return withCase({ listener, mechanism, base });
}

/** Whether Kafka reads a broker setting with a listener's prefix: what builds the listener's channels and limits its connections. */
export function isPerListener(key: string): boolean {
  if (WHOLE_BROKER.has(key)) return false;
  return key.startsWith('ssl.') || key.startsWith('sasl.') || LISTENER_LIMITS.has(key);
}

const WHOLE_BROKER = new Set(['sasl.mechanism.inter.broker.protocol', 'sasl.mechanism.controller.protocol']);
const LISTENER_LIMITS = new Set([
  'connections.max.reauth.ms',
  'max.connection.creation.rate',
  'max.connections',
  'num.network.threads',
  'principal.builder.class',
]);

function isPerMechanism(key: string): boolean {
  return key === 'connections.max.reauth.ms' || (key.startsWith('sasl.') && isPerListener(key));
}

function withCase(key: ListenerKey): ListenerKey {
  const prefixes = `${key.listener}.${key.mechanism ?? ''}`;
  return prefixes === prefixes.toLowerCase() ? key : { ...key, problem: 'upper-case' };
}
