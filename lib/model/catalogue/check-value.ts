import type { ConfigDefinition, ConfigType } from './catalogue';

/** A setting's value as a YAML file or a program gives it. */
export type ConfigValue = string | number | boolean;

/** What is wrong with a value: the code's last part and a message. */
export interface ValueFault {
  readonly code: 'config/wrong-type' | 'config/out-of-range' | 'config/not-allowed' | 'config/inexact-number';
  readonly message: string;
}

/** Compares a value with its definition; `undefined` when Kafka would take it. A password is never part of a message. */
export function checkValue(definition: ConfigDefinition, value: ConfigValue): ValueFault | undefined {
  const { key, type } = definition;
  if (type === 'class') {
    return /^[\p{L}_$][\p{L}\p{N}_$]*(\.[\p{L}_$][\p{L}\p{N}_$]*)*$/u.test(String(value).trim())
      ? undefined
      : wrongType(key, value, 'a class name; write it with its package');
  }
  if (type === 'password' || type === 'string') return checkWords(definition, [String(value).trim()]);
  if (type === 'list') return checkWords(definition, listItems(String(value)));
  if (type === 'boolean') {
    return typeof value === 'boolean' || (typeof value === 'string' && /^(true|false)$/i.test(value.trim()))
      ? undefined
      : wrongType(key, value, 'a boolean; write true or false');
  }
  if (typeof value === 'boolean') return wrongType(key, value, `${typeNames[type]}; write the number`);
  return type === 'double' ? checkDouble(definition, value) : checkWhole(definition, type, value);
}

/** How a list's text is taken apart by Kafka: at commas, spaces dropped; an empty text is an empty list. */
function listItems(text: string): readonly string[] {
  const trimmed = text.trim();
  return trimmed === '' ? [] : trimmed.split(/\s*,\s*/);
}

const typeNames: Readonly<Record<ConfigType, string>> = {
  boolean: 'a boolean',
  int: 'a whole number',
  long: 'a whole number',
  short: 'a whole number',
  double: 'a number',
  string: 'a text',
  list: 'a list',
  class: 'a class name',
  password: 'a password',
};

const wholeLimits = {
  short: { min: -(2n ** 15n), max: 2n ** 15n - 1n },
  int: { min: -(2n ** 31n), max: 2n ** 31n - 1n },
  long: { min: -(2n ** 63n), max: 2n ** 63n - 1n },
} as const;

function checkWhole(definition: ConfigDefinition, type: 'short' | 'int' | 'long', value: string | number): ValueFault | undefined {
  const { key } = definition;
  if (typeof value === 'number' && Number.isInteger(value) && !Number.isSafeInteger(value)) {
    return {
      code: 'config/inexact-number',
      message: `"${key}" ${value} is beyond ±${Number.MAX_SAFE_INTEGER} and already rounded; write the number in quotes`,
    };
  }
  const text = String(value).trim();
  if (!/^[+-]?\d+$/.test(text)) return wrongType(key, value, numberRemedy('a whole number', text));
  const number = BigInt(text.replace(/^\+/, ''));
  const limits = wholeLimits[type];
  const min = definition.min === undefined ? limits.min : BigInt(definition.min);
  const max = definition.max === undefined ? limits.max : BigInt(definition.max);
  if (number < min) return outOfRange(key, text, `below ${min}`, `raise it to at least ${min}`);
  if (number > max) return outOfRange(key, text, `above ${max}`, `lower it to at most ${max}`);
  if (definition.excluded?.includes(String(number))) {
    return outOfRange(key, text, 'not allowed', `choose another value from ${min} to ${max}`);
  }
  return undefined;
}

function checkDouble(definition: ConfigDefinition, value: string | number): ValueFault | undefined {
  const { key, min, max } = definition;
  const text = String(value).trim();
  if (!/^[+-]?(\d+\.?\d*|\.\d+)(e[+-]?\d+)?$/i.test(text)) return wrongType(key, value, numberRemedy('a number', text));
  const number = Number(text);
  if (min !== undefined && number < min) return outOfRange(key, text, `below ${min}`, `raise it to at least ${min}`);
  if (max !== undefined && number > max) return outOfRange(key, text, `above ${max}`, `lower it to at most ${max}`);
  return undefined;
}

function numberRemedy(what: string, text: string): string {
  return /^[+-]?\d[\d_.]*\s*[a-z%]+$/i.test(text)
    ? `${what}; Kafka knows no unit suffixes, write the plain number`
    : `${what}; write the number`;
}

function checkWords(definition: ConfigDefinition, words: readonly string[]): ValueFault | undefined {
  const { key, type, allowed, ignoreCase } = definition;
  if (definition.nonEmpty && words.every((word) => word === '')) {
    return { code: 'config/not-allowed', message: `"${key}" is empty and must not be; give it a value or remove it` };
  }
  if (type === 'password') return undefined;
  const repeated = definition.unique && words.find((word, index) => words.indexOf(word) !== index);
  if (repeated) return { code: 'config/not-allowed', message: `"${key}" names "${repeated}" twice; name it once` };
  if (allowed === undefined) return undefined;
  const fold = (word: string): string => (ignoreCase ? word.toLowerCase() : word);
  const isAllowed = (word: string): boolean =>
    allowed.some((one) => (one.endsWith('*') ? fold(word).startsWith(fold(one.slice(0, -1))) : fold(word) === fold(one)));
  const refused = words.find((word) => !isAllowed(word));
  if (refused === undefined) return undefined;
  return { code: 'config/not-allowed', message: `"${key}" does not allow "${refused}"; write ${oneOf(allowed)}` };
}

/** The whole list while it is short; of the many protocol versions the ends say enough. */
function oneOf(allowed: readonly string[]): string {
  if (allowed.length <= 12) return allowed.length === 1 ? `${allowed[0]}` : `one of ${allowed.join(', ')}`;
  return `one of ${allowed[0]}, …, ${allowed.filter((word) => !word.endsWith('*')).at(-1)}`;
}

function wrongType(key: string, value: ConfigValue, wanted: string): ValueFault {
  return { code: 'config/wrong-type', message: `"${key}" ${JSON.stringify(value)} is not ${wanted}` };
}

function outOfRange(key: string, text: string, how: string, remedy: string): ValueFault {
  return { code: 'config/out-of-range', message: `"${key}" ${text} is ${how}; ${remedy}` };
}
