import { compareVersions, type Problem, protocolSetting, readStartedKafka, type StartedKafka } from '../model';
import type { ContainerState } from './engine';
import type { Stack } from './stack';

/** A node of Kafka that is there, and what it was started with. */
export interface StartedNode extends StartedKafka {
  /** `kafka-1` */
  readonly service: string;
}

/** The nodes of Kafka whose containers are there, stopped ones too. */
export function startedContainers({ containers }: Stack, states: ReadonlyMap<string, ContainerState>): readonly StartedNode[] {
  return containers.flatMap(({ name, service, component }) => {
    const started = component === 'kafka' ? readStartedKafka(states.get(name)?.labels ?? {}) : undefined;
    return started === undefined ? [] : [{ ...started, service }];
  });
}

/**
 * What would go wrong if the nodes that are there were restarted one at a time with `wanted`: brokers that don't understand each other
 * meanwhile, or a way back that Kafka has not. `force` makes warnings of it.
 */
export function upgradeProblems(wanted: StartedKafka, nodes: readonly StartedNode[], force = false): readonly Problem[] {
  const severity = force ? 'warning' : 'error';
  const [mode] = nodes.filter(({ protocol }) => (protocol === undefined) !== (wanted.protocol === undefined));
  if (mode !== undefined) {
    const [is, says] = wanted.protocol === undefined ? ['zookeeper', 'kraft'] : ['kraft', 'zookeeper'];
    const message = `${mode.service} runs with ${is}, and the environment says ${says}; a running cluster is not moved from one to the other here: bring up another environment and copy to it`;
    return [{ code: 'upgrade/metadata-mode', severity, path: ['metadata', 'mode'], message }];
  }
  return wanted.protocol === undefined ? backOnKraft(wanted, nodes) : protocols({ ...wanted, protocol: wanted.protocol }, nodes, severity);
}

type Broker = Required<StartedKafka>;

function protocols(wanted: Broker, nodes: readonly StartedNode[], severity: Problem['severity']): Problem[] {
  const older = nodes.filter(({ line }) => compareVersions(line, wanted.protocol) < 0);
  // A broker that is alone speaks to nobody.
  if (older.length > 0 && nodes.length > 1) {
    const lines = linesOf(older);
    const message =
      `${names(older)} ${verb(older, 'run')} Kafka ${lines.join(' and ')}, which does not understand the protocol of ${wanted.protocol}; ` +
      `write ${protocolSetting}: "${lines[0]}" under kafka.config until every broker has been restarted with Kafka ${wanted.line}, and only then take it out`;
    return [{ code: 'upgrade/protocol-too-early', severity, path: ['kafka', 'version'], message }];
  }
  const beyond = nodes.filter(({ protocol = wanted.protocol }) => compareVersions(protocol, wanted.protocol) > 0);
  if (beyond.length === 0) return [];
  const reached = newest(beyond.map(({ protocol = '' }) => protocol));
  const keep = compareVersions(wanted.line, reached) < 0 ? `keep Kafka ${reached}` : `write "${reached}", or take the setting out`;
  const message = `${names(beyond)} ${verb(beyond, 'speak')} the protocol of ${reached} already, and there is no way back to that of ${wanted.protocol}; ${keep}`;
  return [{ code: 'upgrade/protocol-lowered', severity, path: ['kafka', 'version'], message }];
}

/** Whether the metadata version has been raised meanwhile, only the cluster itself knows. */
function backOnKraft(wanted: StartedKafka, nodes: readonly StartedNode[]): Problem[] {
  const newer = nodes.filter(({ line }) => compareVersions(line, wanted.line) > 0);
  if (newer.length === 0) return [];
  const message = `${names(newer)} ${verb(newer, 'run')} Kafka ${newest(linesOf(newer))}; Kafka ${wanted.line} does not start where the metadata version has been raised beyond it: "kafka-features.sh describe" tells`;
  return [{ code: 'upgrade/back-on-kraft', severity: 'warning', path: ['kafka', 'version'], message }];
}

/** Where an upgrade stands once `wanted` is applied, and what is to be done after it; empty where there is none. */
export function upgradeSteps(wanted: StartedKafka, nodes: readonly StartedNode[]): readonly string[] {
  if (nodes.length === 0) return [];
  const older = nodes.filter(({ line }) => compareVersions(line, wanted.line) < 0);
  const { line, protocol } = wanted;
  if (protocol === undefined) {
    if (older.length === 0) return [];
    return [
      `from Kafka ${linesOf(older).join(' and ')} to ${line}: the metadata version stays as it is until every node runs ${line} and you raise it`,
    ];
  }
  if (compareVersions(protocol, line) < 0) {
    const then = `step 2, when every broker runs ${line}: take ${protocolSetting} out of kafka.config`;
    if (older.length === 0) return [`every broker runs Kafka ${line} and speaks the protocol of ${protocol}; ${then}`];
    return [
      `from Kafka ${linesOf(older).join(' and ')} to ${line}, step 1 of 2: brokers go on speaking the protocol of ${protocol}, and there is a way back; ${then}`,
    ];
  }
  const behind = nodes.filter((node) => compareVersions(node.protocol ?? protocol, protocol) < 0);
  if (behind.length === 0) return [];
  const from = newest(behind.map((node) => node.protocol ?? protocol));
  return [`to Kafka ${line}, step 2 of 2: brokers speak its protocol instead of that of ${from}, and there is no way back after it`];
}

/** The Kafka lines of some nodes, the oldest first. */
function linesOf(nodes: readonly StartedNode[]): readonly string[] {
  return [...new Set(nodes.map(({ line }) => line))].sort(compareVersions);
}

function newest(lines: readonly string[]): string {
  return [...lines].sort(compareVersions).at(-1) ?? '';
}

function names(nodes: readonly StartedNode[]): string {
  const [last = '', ...before] = nodes.map(({ service }) => service).reverse();
  return before.length === 0 ? last : `${before.reverse().join(', ')} and ${last}`;
}

function verb(nodes: readonly StartedNode[], plural: string): string {
  return nodes.length === 1 ? `${plural}s` : plural;
}
