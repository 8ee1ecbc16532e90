import { nearest } from '../nearest';
import { type Catalogue, type ConfigDefinition, type ConfigScope, catalogueFor, catalogueLines } from './catalogue';
import { type ConfigValue, checkValue, type ValueFault } from './check-value';
import { hasListenerPrefix, isPerListener, parseListenerKey } from './listener-key';

/** One setting that Kafka would refuse, ignore or misunderstand. `message` is in the style of `Problem.message`. */
export interface ConfigFault {
  readonly key: string;
  readonly code: ValueFault['code'] | 'config/unknown-key' | 'config/client-setting' | 'config/wrong-scope' | 'config/listener-case';
  readonly message: string;
}

/**
 * Compares settings with what Kafka defines, all faults at once, in the order of the keys. A value with a
 * `${provider:path:key}` reference is resolved by Kafka at its start and not judged here; topics have no such references.
 */
export function checkConfig(
  catalogue: Catalogue,
  scope: ConfigScope,
  config: Readonly<Record<string, ConfigValue>>,
): readonly ConfigFault[] {
  const faults: ConfigFault[] = [];
  for (const key of Object.keys(config).sort()) {
    const value = config[key];
    if (value === undefined) continue;
    const definition = catalogue.definition(scope, key);
    if (definition !== undefined) {
      const fault = scope !== 'topic' && isReference(value) ? undefined : checkOnce(definition, value);
      if (fault !== undefined) faults.push({ key, ...fault });
    } else if (!isPluginSetting(catalogue, scope, key, config)) {
      faults.push({ key, ...unknownKey(catalogue, scope, key) });
    }
  }
  return faults;
}

/** Thousands of topics share a few values: each is compared once. */
const compared = new WeakMap<ConfigDefinition, Map<ConfigValue, ValueFault | undefined>>();

function checkOnce(definition: ConfigDefinition, value: ConfigValue): ValueFault | undefined {
  const known = compared.get(definition) ?? new Map<ConfigValue, ValueFault | undefined>();
  compared.set(definition, known);
  if (!known.has(value)) known.set(value, checkValue(definition, value));
  return known.get(value);
}

function isReference(value: ConfigValue): boolean {
  return typeof value === 'string' && /\$\{[^}:]+:[^}]*\}/.test(value);
}

/** Settings that Kafka hands through to plug-ins, whose names it does not know. */
function isPluginSetting(catalogue: Catalogue, scope: ConfigScope, key: string, config: Readonly<Record<string, ConfigValue>>): boolean {
  if (scope === 'topic') return false;
  if (/^config\.providers\.[^.]+\.(class|param\..+)$/.test(key) || key.startsWith('confluent.')) return true;
  if (scope !== 'broker') return false;
  if (key.startsWith('authorizer.') && catalogue.definition('broker', 'zookeeper.connect') !== undefined) return true;
  return ['remote.log.storage.manager.impl.prefix', 'remote.log.metadata.manager.impl.prefix'].some((name) => {
    const prefix = String(config[name] ?? catalogue.definition('broker', name)?.default ?? '');
    return prefix !== '' && key.startsWith(prefix);
  });
}

type KeyFault = Omit<ConfigFault, 'key'>;

function unknownKey(catalogue: Catalogue, scope: ConfigScope, key: string): KeyFault {
  if (scope === 'broker' && hasListenerPrefix(key)) return listenerFault(catalogue, key);
  return elsewhere(catalogue, scope, key) ?? otherRelease(catalogue, scope, key) ?? unknown(catalogue, scope, key, catalogue.keys(scope));
}

/** Spellings with underscores or capitals are recognised as the setting they mean. */
function dotted(key: string): string {
  return key.toLowerCase().replaceAll('_', '.');
}

/** A setting that belongs to another place; one that is merely spelled differently here is left to the suggestion. */
function elsewhere(catalogue: Catalogue, scope: ConfigScope, key: string): KeyFault | undefined {
  const meant = dotted(key);
  if (catalogue.definition(scope, meant) !== undefined) return undefined;
  const client = (['producer', 'consumer'] as const).filter((one) => one !== scope && catalogue.definition(one, meant) !== undefined);
  if (scope === 'topic' && catalogue.definition('broker', meant) !== undefined) {
    const own = catalogue.keys('topic').find((topicKey) => catalogue.definition('topic', topicKey)?.brokerSynonym === meant);
    const remedy = own === undefined ? 'move it to the brokers or remove it' : `the topic setting is "${own}"`;
    return { code: 'config/wrong-scope', message: `"${key}" is a broker setting, not a topic's; ${remedy}` };
  }
  if (scope === 'broker' && catalogue.definition('topic', meant) !== undefined) {
    const own = catalogue.definition('topic', meant)?.brokerSynonym;
    const remedy = own === undefined ? 'move it to the topics' : `for the default of all topics write "${own}"`;
    return { code: 'config/wrong-scope', message: `"${key}" is a topic setting, not a broker's; ${remedy}` };
  }
  if (client.length === 0) return undefined;
  return {
    code: 'config/client-setting',
    message: `"${key}" is a ${client.join(' and ')} setting, not a ${scope}'s; move it under "clients" as "${meant}" of the ${client.join(' or ')}`,
  };
}

function otherRelease(catalogue: Catalogue, scope: ConfigScope, key: string): KeyFault | undefined {
  const others = catalogueLines.filter((line) => line !== catalogue.line && catalogueFor(line).definition(scope, key) !== undefined);
  if (others.length === 0) return undefined;
  const known = `${scope} setting "${key}" exists in Kafka ${others.join(', ')} but not in ${catalogue.line}`;
  return { code: 'config/unknown-key', message: `${known}; remove it or change the Kafka version` };
}

function unknown(catalogue: Catalogue, scope: ConfigScope, key: string, keys: readonly string[], prefix = ''): KeyFault {
  const candidates = keys.filter((name) => catalogue.definition(scope, name)?.internal === undefined);
  const suggestion = nearest(key.slice(prefix.length), candidates);
  const remedy = suggestion === undefined ? 'correct or remove it' : `the nearest known is "${prefix}${suggestion}"`;
  return { code: 'config/unknown-key', message: `unknown ${scope} setting "${key}" in Kafka ${catalogue.line}; ${remedy}` };
}

function listenerFault(catalogue: Catalogue, key: string): KeyFault {
  const parsed = parseListenerKey(key, (name) => catalogue.definition('broker', name) !== undefined);
  if (parsed?.problem === 'upper-case') {
    const lower = `${key.slice(0, -parsed.base.length).toLowerCase()}${parsed.base}`;
    return { code: 'config/listener-case', message: `"${key}" is ignored by Kafka, which reads prefixes in lower case; write "${lower}"` };
  }
  const prefix = /^listener\.name\.[^.]+\./.exec(key)?.[0] ?? '';
  return unknown(catalogue, 'broker', key, catalogue.keys('broker').filter(isPerListener), prefix);
}
