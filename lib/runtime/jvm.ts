import { agentDirectory, configDirectory } from './process';

const KiB = 2 ** 10;
const units = [
  ['g', 2 ** 30],
  ['m', 2 ** 20],
  ['k', KiB],
] as const;

/** A size in bytes as the JVM reads it: the largest whole unit, cut to the KiB it demands. */
export function jvmSize(bytes: number): string {
  const whole = Math.floor(bytes / KiB) * KiB;
  const [unit, size] = units.find(([, candidate]) => whole % candidate === 0) ?? ['k', KiB];
  return `${whole / size}${unit}`;
}

/** Smallest and largest heap alike, so that the JVM never asks for memory under load. */
export function heapOptions(heap: number): string {
  return `-Xms${jvmSize(heap)} -Xmx${jvmSize(heap)}`;
}

/** G1 with short pauses; a JVM out of memory ends instead of limping on. */
const performanceOptions = [
  '-server',
  '-XX:+UseG1GC',
  '-XX:MaxGCPauseMillis=20',
  '-XX:InitiatingHeapOccupancyPercent=35',
  '-XX:+ExplicitGCInvokesConcurrent',
  '-XX:+ExitOnOutOfMemoryError',
  '-Djava.awt.headless=true',
].join(' ');

/** Where the exporter finds what to export. */
export const exporterConfigPath = `${configDirectory}/exporter.yaml`;

/** The Prometheus exporter as a Java agent. */
export function exporterAgent(port: number): string {
  return `-javaagent:${agentDirectory}/jmx_prometheus_javaagent.jar=${port}:${exporterConfigPath}`;
}

/** What a Kafka process does, in the readiness agent's words. */
export type ReadinessRole = 'broker' | 'controller' | 'combined';

/** The agent that answers the probes. */
export function readinessAgent(port: number, role: ReadinessRole): string {
  return `-javaagent:${agentDirectory}/kafkon-readiness-agent.jar=port=${port},role=${role}`;
}

/** The remote JMX port of a node, and the host that it tells its clients where they could not find its own name. */
export interface RemoteJmx {
  readonly port: number;
  /** @default - the node's own name */
  readonly host?: string;
}

/** A remote JMX port without authentication, for those who ask for one; the network has to guard it. */
export function remoteJmxOptions(jmx: RemoteJmx | undefined): string | undefined {
  if (jmx === undefined) return undefined;
  const { port, host } = jmx;
  const settings = ['', `.port=${port}`, `.rmi.port=${port}`, '.authenticate=false', '.ssl=false'];
  const name = host === undefined ? [] : [`-Djava.rmi.server.hostname=${host}`];
  return [...settings.map((setting) => `-Dcom.sun.management.jmxremote${setting}`), ...name].join(' ');
}

/** What the environment of a Kafka or ZooKeeper process is made of. */
export interface JvmOptions {
  /** bytes */
  readonly heap: number;
  readonly agents: readonly string[];
  /** The option that names the logging configuration. */
  readonly loggingOption: string;
  readonly logDirectory: string;
  /** The name of the program, for its file of garbage collections. */
  readonly daemon: string;
  /** Whether garbage collections are logged, to rolling files in the log directory. */
  readonly logCollections: boolean;
  readonly extra: readonly string[];
  readonly remoteJmx?: string | undefined;
}

/** The environment variables that Kafka's own scripts read, ZooKeeper's included. */
export function jvmEnvironment(options: JvmOptions): Readonly<Record<string, string>> {
  return {
    KAFKA_HEAP_OPTS: heapOptions(options.heap),
    KAFKA_JVM_PERFORMANCE_OPTS: performanceOptions,
    KAFKA_OPTS: [...options.agents, ...options.extra].join(' '),
    KAFKA_LOG4J_OPTS: options.loggingOption,
    LOG_DIR: options.logDirectory,
    // Left to itself, the script logs garbage collections whether there is room for them or not.
    EXTRA_ARGS: `-name ${options.daemon}${options.logCollections ? ' -loggc' : ''}`,
    ...(options.remoteJmx === undefined ? {} : { KAFKA_JMX_OPTS: options.remoteJmx }),
  };
}
