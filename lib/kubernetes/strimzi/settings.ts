import { type Environment, isStrimziReserved } from '../../model';
import { type Addressing, effectiveConfig, kafkaProcesses } from '../../runtime';
import type { StrimziConfig } from '../custom-resources/strimzi';

/** Where secrets are read from is the operator's to say. */
const notForStrimzi = /^config\.providers/;

/** A value as its type, so that a manifest reads as people write it. */
export function plainValue(text: string): string | number | boolean {
  if (text === 'true' || text === 'false') return text === 'true';
  return /^-?(0|[1-9]\d{0,14})$/.test(text) ? Number(text) : text;
}

/** The settings of the brokers: those that the plain flavour's brokers would read, less what the operator makes itself. */
export function strimziSettings(environment: Environment, addressing: Addressing): StrimziConfig {
  const first = environment.nodes.find(({ broker }) => broker)?.id;
  const processes = kafkaProcesses(environment, addressing).filter(({ id }) => id === first);
  const [settings = {}] = Object.values(effectiveConfig(processes));
  const entries = Object.entries(settings).filter(([key]) => !isStrimziReserved(key) && !notForStrimzi.test(key));
  return Object.fromEntries(entries.sort(([a], [b]) => (a < b ? -1 : 1)).map(([key, value]) => [key, plainValue(String(value))]));
}
