/** One mistake a person makes. `plant` changes a merged environment and says whether there was a place for it. */
export interface Fault {
  readonly name: string;
  /** The problem that must be found. */
  readonly code: string;
  readonly plant: (environment: Record<string, unknown>) => boolean;
}

type Tree = Record<string | number, unknown>;

const isTree = (value: unknown): value is Tree => typeof value === 'object' && value !== null;

/** Sets the value at a path, making maps on the way; false when something else is in the way. */
function set(environment: Tree, path: readonly (string | number)[], value: unknown): boolean {
  const [head = '', ...rest] = path;
  if (rest.length === 0) {
    environment[head] = value;
    return true;
  }
  environment[head] ??= {};
  const next = environment[head];
  return isTree(next) && set(next, rest, value);
}

function get(environment: Tree, ...path: readonly (string | number)[]): unknown {
  return path.reduce<unknown>((value, step) => (isTree(value) ? value[step] : undefined), environment);
}

const at = (name: string, code: string, path: readonly (string | number)[], value: unknown): Fault => ({
  name,
  code,
  plant: (environment) => set(environment, path, value),
});

const change = (name: string, code: string, plant: Fault['plant']): Fault => ({ name, code, plant });

/** Changes the first topic, where there is one. */
const inTopic = (name: string, code: string, path: readonly (string | number)[], value: unknown): Fault => ({
  name,
  code,
  plant: (environment) => {
    const [topic] = Object.keys((environment.topics ?? {}) as Tree);
    return topic !== undefined && set(environment, ['topics', topic, ...path], value);
  },
});

const zookeeperOnly = (fault: Fault): Fault => ({ ...fault, plant: (e) => get(e, 'metadata', 'mode') === 'zookeeper' && fault.plant(e) });
const kraftOnly = (fault: Fault): Fault => ({ ...fault, plant: (e) => get(e, 'metadata', 'mode') === 'kraft' && fault.plant(e) });

const addTo = (environment: Tree, key: string, item: unknown): boolean => {
  environment[key] = [...((environment[key] ?? []) as unknown[]), item];
  return true;
};

export const faults: readonly Fault[] = [
  at('a misspelt section', 'schema/unknown-key', ['topcis'], {}),
  at('a misspelt kind', 'schema/not-allowed', ['kind'], 'prodution'),
  at('a name of 51 characters', 'schema/too-big', ['name'], 'x'.repeat(51)),
  at('a name with an underscore', 'schema/wrong-format', ['name'], 'my_cluster'),
  at('a cluster id that is none', 'schema/wrong-format', ['clusterId'], 'short'),
  at('brokers that do not exist in a version', 'schema/wrong-format', ['kafka', 'version'], 'newest'),
  at('an image that was withdrawn', 'image/withdrawn', ['kafka', 'image'], { repository: 'bitnami/kafka', tag: '3.9.0' }),
  {
    name: 'the tag latest outside development',
    code: 'image/latest-tag',
    plant: (e) => e.kind !== 'development' && set(e, ['kafka', 'image'], { tag: 'latest' }),
  },
  change('a heap as large as the memory', 'memory/heap-share', (e) => set(e, ['nodePools', 0, 'heap'], get(e, 'nodePools', 0, 'memory'))),
  change(
    'a heap beyond compressed references',
    'memory/heap-too-large',
    (e) => set(e, ['nodePools', 0, 'heap'], '40Gi') && set(e, ['nodePools', 0, 'memory'], '128Gi'),
  ),
  at('a broker setting that Kafkon computes', 'config/owned', ['kafka', 'config', 'advertised.listeners'], 'PLAINTEXT://here:9092'),
  at('a broker setting that does not exist', 'config/unknown-key', ['kafka', 'config', 'num.netwrok.threads'], 8),
  at('a broker setting out of range', 'config/out-of-range', ['kafka', 'config', 'num.io.threads'], 0),
  inTopic('more replicas than brokers', 'topic/replication-exceeds-brokers', ['replicationFactor'], 30),
  inTopic('more in-sync replicas than replicas', 'topic/min-isr-exceeds-replication', ['config', 'min.insync.replicas'], 31),
  inTopic('a topic without partitions', 'schema/too-small', ['partitions'], 0),
  inTopic('a misspelt topic setting', 'config/unknown-key', ['config', 'retention.mss'], 1000),
  inTopic('a cleanup policy that does not exist', 'config/not-allowed', ['config', 'cleanup.policy'], 'compacted'),
  inTopic('a producer setting on a topic', 'config/client-setting', ['config', 'linger.ms'], 5),
  inTopic('compaction that ignores a retention', 'topic/compact-ignores-retention', ['config'], {
    'cleanup.policy': 'compact',
    'retention.ms': 86_400_000,
  }),
  change('a flood that no disk holds', 'capacity/disks-too-small', (e) => {
    const [topic] = Object.keys((e.topics ?? {}) as Tree);
    return (
      topic !== undefined &&
      set(e, ['topics', topic, 'load'], { messagesPerSecond: 10_000_000, messageBytes: 10_000 }) &&
      set(e, ['topics', topic, 'config', 'retention.bytes'], -1)
    );
  }),
  change(
    'two topics that share metric names',
    'topic/name-collision',
    (e) => set(e, ['topics', 'a.b'], {}) && set(e, ['topics', 'a_b'], {}),
  ),
  at('a listener that is not there', 'listener/inter-broker-unknown', ['interBrokerListener'], 'NOWHERE'),
  change('two listeners on one port', 'listener/duplicate-port', (e) =>
    addTo(e, 'listeners', { name: 'TWIN', port: get(e, 'listeners', 0, 'port'), security: 'plaintext' }),
  ),
  change('two listeners of one name', 'listener/duplicate-name', (e) =>
    addTo(e, 'listeners', { name: get(e, 'listeners', 0, 'name'), port: 9999, security: 'plaintext' }),
  ),
  change('two nodes of one id', 'nodes/duplicate-id', (e) => addTo(e, 'nodePools', { ...(get(e, 'nodePools', 0) as Tree), name: 'twin' })),
  change('ids with a hole', 'nodes/ids-not-contiguous', (e) =>
    set(e, ['nodePools', 0, 'ids'], [...(get(e, 'nodePools', 0, 'ids') as number[]), 900]),
  ),
  at('a password in the file', 'secret/literal', ['serviceAccounts', 'intruder'], { password: 'hunter2hunter2' }),
  change('a grant to a stranger', 'reference/unknown-account', (e) =>
    addTo(e, 'access', { intent: 'producer', principal: 'User:stranger', topics: ['*'] }),
  ),
  at('a network that is none', 'allow-list/bad-address', ['security', 'ipAllowlists', 'office'], ['10.0.0.0/40']),
  at('a quota for nobody', 'quota/no-subject', ['quotas'], [{ producerByteRate: 1000 }]),
  at(
    'a waiver of a rule that is none',
    'waiver/unknown-rule',
    ['waivers'],
    [{ rule: 'no/rule', reason: 'nobody knows why', until: '2030-01-01' }],
  ),
  zookeeperOnly(at('ZooKeeper with Kafka 4', 'metadata/zookeeper-removed', ['kafka'], { distribution: 'apache', version: '4.1.0' })),
  zookeeperOnly(at('an even ensemble', 'metadata/even-ensemble', ['metadata', 'ensemble', 'ids'], [1, 2, 3, 4])),
  zookeeperOnly(
    change(
      'a ZooKeeper heap as large as the memory',
      'memory/zookeeper-heap-share',
      (e) =>
        get(e, 'metadata', 'mode') === 'zookeeper' && set(e, ['metadata', 'ensemble', 'heap'], get(e, 'metadata', 'ensemble', 'memory')),
    ),
  ),
  kraftOnly(
    change(
      'KRaft without a cluster id',
      'metadata/cluster-id-missing',
      // Strimzi's operator makes the id of its clusters.
      (e) => get(e, 'metadata', 'mode') === 'kraft' && get(e, 'platform', 'kubernetes', 'flavor') !== 'strimzi' && delete e.clusterId,
    ),
  ),
];
