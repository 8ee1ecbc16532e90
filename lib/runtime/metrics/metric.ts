/** How a cluster keeps its metadata. */
export type MetadataMode = 'zookeeper' | 'kraft';

/**
 * Who serves a metric.
 * - `broker`: Kafka's broker, through the JMX agent.
 * - `controller`: the controller, through the JMX agent; in ZooKeeper mode and on combined nodes that is a broker.
 * - `zookeeper`: a ZooKeeper server, through the JMX agent.
 * - `jvm`: every process with the agent, by one of our rules. `agent`: the same, but the agent serves it unasked.
 * - `lag-exporter`: the consumer lag exporter. `scrape`: Prometheus itself. `kubelet`: the kubelet's volume statistics.
 */
export type MetricSource = 'broker' | 'controller' | 'zookeeper' | 'jvm' | 'agent' | 'lag-exporter' | 'scrape' | 'kubelet';

/**
 * One MBean pattern that a metric is read from, in the syntax of a JMX ObjectName. A value `{label}` becomes a label of the
 * metric, `{label:a|b}` only for these values, `*` stands for any text that is dropped.
 */
export interface Mbean {
  /** For example `kafka.server:type=BrokerTopicMetrics,name=BytesInPerSec,topic={topic}`; properties in the order Kafka gives them. */
  readonly name: string;
  /** The attribute, `Attribute/key` for one key of a composite; placeholders as in `name`. */
  readonly attribute: string;
  /** Labels whose value this pattern alone decides. @default - none */
  readonly labels?: Readonly<Record<string, string>>;
}

/** One row of the metric table. Its name is its key in the table. */
export interface Metric {
  /** A counter only grows, and only counters have a rate. */
  readonly kind: 'gauge' | 'counter';
  /** What is counted, with its unit. */
  readonly help: string;
  readonly source: MetricSource;
  /** The metadata modes in which the metric exists. */
  readonly modes: MetadataMode | 'both';
  /** The metric's own labels, without those of the scrape target. */
  readonly labels: readonly string[];
  /** The MBeans of a metric that comes by one of our rules. @default - none: whoever `source` is serves it so */
  readonly mbeans?: readonly Mbean[];
  /** A fixed value for every match, where it is the match that matters. @default - the attribute's value */
  readonly value?: number;
  /** `partition`: one series a replica, exported only where asked for. @default - always exported */
  readonly detail?: 'partition';
}

/** The table's type: a key is a metric's name as Prometheus has it. */
export type MetricTable = Readonly<Record<string, Metric>>;
