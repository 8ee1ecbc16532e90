import type { ConfigEntry, Outcomes, WriteOptions } from '../admin';
import { batches, settle } from '../batch';
import { readFailure } from '../failure';
import { configResource, type DescribedConfigs, describeConfigs } from '../protocol/describe-configs';
import { incrementalAlterConfigs } from '../protocol/incremental-alter-configs';
import type { Session } from '../session';

type Changes = Readonly<Record<string, string | null>>;

const sources: Readonly<Record<number, ConfigEntry['source']>> = { 1: 'topic', 2: 'broker', 3: 'cluster', 4: 'static', 5: 'default' };
const unknownTopic = 3;

/** How many topics are described in one request: an answer of a few megabytes. */
const topicsPerRequest = 5_000;

export async function describeTopicConfigs(
  session: Session,
  topics: readonly string[],
  keys?: readonly string[],
): Promise<ReadonlyMap<string, readonly ConfigEntry[]>> {
  const found: [string, readonly ConfigEntry[]][] = [];
  for (const run of batches(topics, () => 1, topicsPerRequest)) {
    const resources = run.map((name) => ({ type: configResource.topic, name, keys: keys ?? null }));
    for (const each of await session.read(describeConfigs, resources)) {
      if (each.code === unknownTopic) continue;
      const entries = entriesOf(each);
      found.push([each.name, keys === undefined ? entries.filter(({ source }) => source === 'topic') : entries]);
    }
  }
  return new Map(found);
}

export async function describeBrokerConfigs(
  session: Session,
  brokers: readonly (number | 'all')[],
  keys?: readonly string[],
): Promise<ReadonlyMap<number | 'all', readonly ConfigEntry[]>> {
  const described = await Promise.all(
    brokers.map(async (broker) => {
      const resource = { type: configResource.broker, name: broker === 'all' ? '' : String(broker), keys: keys ?? null };
      const answers = await session.read(describeConfigs, [resource], broker === 'all' ? undefined : broker);
      const own = broker === 'all' ? 'cluster' : 'broker';
      const entries = answers.flatMap(entriesOf).filter(({ source }) => keys !== undefined || source === own);
      return [broker, entries] as const;
    }),
  );
  return new Map(described);
}

function entriesOf(described: DescribedConfigs): readonly ConfigEntry[] {
  if (described.code !== 0) throw readFailure(`DescribeConfigs of ${described.name}`, described);
  return described.entries.map(({ key, value, source }) => ({ key, value, source: sources[source] ?? 'default' }));
}

export function changeTopicConfigs(session: Session, changes: ReadonlyMap<string, Changes>, options: WriteOptions = {}): Promise<Outcomes> {
  return change(session, configResource.topic, changes, options);
}

/** Settings of one broker are its own business; those of all go to any. Answers by the id, or `all`. */
export async function changeBrokerConfigs(
  session: Session,
  changes: ReadonlyMap<number | 'all', Changes>,
  options: WriteOptions = {},
): Promise<Outcomes> {
  const outcomes = await Promise.all(
    [...changes].map(async ([broker, values]) => {
      const name = broker === 'all' ? '' : String(broker);
      const node = broker === 'all' ? undefined : broker;
      const outcome = await change(session, configResource.broker, new Map([[name, values]]), options, node);
      return [...outcome.values()].map((each) => [String(broker), each] as const);
    }),
  );
  return new Map(outcomes.flat());
}

function change(
  session: Session,
  type: number,
  changes: ReadonlyMap<string, Changes>,
  { validateOnly = false }: WriteOptions,
  node?: number,
): Promise<Outcomes> {
  return settle(session, changes, {
    weight: (values) => Object.keys(values).length,
    repeatable: true,
    send: async (batch, timeoutMs) => {
      const resources = [...batch].map(([name, values]) => ({ type, name, changes: Object.entries(values) }));
      const answers = await session.send(incrementalAlterConfigs, { resources, validateOnly }, { timeoutMs, node });
      return new Map(answers.map((each) => [each.name, each]));
    },
  });
}
