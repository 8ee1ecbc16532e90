/** What a Kafka node says of the partitions it leads and of itself. */
export interface NodeMetrics {
  readonly activeController: boolean;
  /** Partitions it leads of which a replica is not in sync. */
  readonly underReplicated: number;
  /** Partitions it leads with fewer replicas in sync than `min.insync.replicas`. */
  readonly underMinIsr: number;
  /** Partitions it leads with as many, so that none may go. */
  readonly atMinIsr: number;
  /** Replicas it has; undefined for a controller, and where it does not say. */
  readonly replicas: number | undefined;
}

const names = {
  activeController: 'kafka_controller_kafkacontroller_activecontrollercount',
  underReplicated: 'kafka_server_replicamanager_underreplicatedpartitions',
  underMinIsr: 'kafka_server_replicamanager_underminisrpartitioncount',
  atMinIsr: 'kafka_server_replicamanager_atminisrpartitioncount',
  replicas: 'kafka_server_replicamanager_partitioncount',
} as const;

const nodeMetricNames: readonly string[] = Object.values(names);

/** Where the exporter answers with these metrics alone. */
export const nodeMetricsPath = `/metrics?${nodeMetricNames.map((name) => `name%5B%5D=${name}`).join('&')}`;

/** Reads what the exporter of a node answered; what it does not say is 0. Undefined when it says nothing of it at all. */
export function readNodeMetrics(text: string): NodeMetrics | undefined {
  const values = new Map(
    [...text.matchAll(/^([a-z_]+)(?:\{[^}]*\})? ([-+.\dEe]+)$/gm)].map(([, name = '', value]) => [name, Number(value)]),
  );
  if (!nodeMetricNames.some((name) => values.has(name))) return undefined;
  const value = (name: string) => values.get(name) ?? 0;
  return {
    activeController: value(names.activeController) > 0,
    underReplicated: value(names.underReplicated),
    underMinIsr: value(names.underMinIsr),
    atMinIsr: value(names.atMinIsr),
    replicas: values.get(names.replicas),
  };
}
