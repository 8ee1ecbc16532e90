import { join } from 'node:path';
import type { Environment } from '../../../lib/model';
import type { Process } from '../../../lib/runtime';
import { freePorts } from '../kafka/ports';
import { testAddressing } from './addressing';
import type { Replacements } from './substitute';

/** Where one machine keeps what every process shares. */
export interface SharedFolders {
  readonly secrets: string;
  readonly agents: string;
  readonly scripts: string;
}

/** The replacements that let every process of an environment run side by side on the loopback. */
export interface Placement {
  readonly of: (process: Process) => Replacements;
  readonly folderOf: (process: Process) => string;
  /** Where something is that was rendered as `host:port`. */
  readonly address: (rendered: string) => string;
}

const local = (port: number | undefined): string => `127.0.0.1:${port}`;

/** Gives every port of every process a free one here. */
export async function placementOf(
  environment: Environment,
  processes: readonly Process[],
  root: string,
  shared: SharedFolders,
): Promise<Placement> {
  const { metadata, monitoring, listeners } = environment;
  const wanted = processes.reduce((sum, process) => sum + process.ports.length + 1, 0);
  const free = [...(await freePorts(wanted))];
  const own = new Map(processes.map((process) => [process.name, new Map(process.ports.map(({ port }) => [port, free.pop() ?? 0]))]));
  const portOf = (name: string, port: number) => own.get(name)?.get(port);
  const addresses = new Map<string, string>();
  const individual = new Map(processes.map((process) => [process.name, new Map<string, string>()]));

  for (const process of processes) {
    const texts = individual.get(process.name);
    const id = process.id ?? 0;
    if (texts === undefined) continue;
    texts.set(`jar=${monitoring.metricsPort}:`, `jar=${portOf(process.name, monitoring.metricsPort)}:`);
    texts.set(`port=${monitoring.readinessPort},`, `port=${portOf(process.name, monitoring.readinessPort)},`);
    if (process.component === 'kafka') {
      for (const { port } of process.ports) addresses.set(`${testAddressing.kafkaHost(id)}:${port}`, local(portOf(process.name, port)));
      for (const { name, port } of listeners) texts.set(`${name}://:${port}`, `${name}://:${portOf(process.name, port)}`);
      if (metadata.mode === 'kraft') {
        texts.set(`CONTROLLER://:${metadata.port}`, `CONTROLLER://:${portOf(process.name, metadata.port)}`);
      }
    } else if (metadata.mode === 'zookeeper') {
      const { client, secureClient, quorum, election } = metadata.ensemble.ports;
      const host = testAddressing.zookeeperHost(id);
      const peers = `${portOf(process.name, quorum)}:${portOf(process.name, election)}`;
      addresses.set(`${host}:${quorum}:${election}`, `127.0.0.1:${peers}`);
      texts.set(`0.0.0.0:${quorum}:${election}`, `0.0.0.0:${peers}`);
      for (const port of [client, secureClient]) {
        const there = portOf(process.name, port) ?? free.pop() ?? 0;
        addresses.set(`${host}:${port}`, local(there));
        texts.set(String(port), String(there));
      }
    }
  }

  const folderOf = (process: Process) => join(root, process.name);
  return {
    folderOf,
    address: (rendered) => addresses.get(rendered) ?? rendered,
    of: (process) =>
      new Map([
        ...addresses,
        ...(individual.get(process.name) ?? []),
        ['/etc/kafkon-secrets', shared.secrets],
        ['/etc/kafkon/', `${folderOf(process)}/etc/`],
        ['/opt/kafkon/agents', shared.agents],
        ['/opt/kafka/bin', shared.scripts],
        ['/opt/kafka/logs', `${folderOf(process)}/logs`],
        ['/var/lib/', `${folderOf(process)}/data/`],
        ['/tmp/', `${folderOf(process)}/tmp/`],
      ]),
  };
}
