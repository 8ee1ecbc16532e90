import { Container } from '@cdktf/provider-docker/lib/container';
import { Construct } from 'constructs';
import type { Environment } from '../model';
import { agentDirectory, type Process, toolsAgentDirectory, toolsImage } from '../runtime';
import { hostDirectory } from './host-directory';
import { labelsOf } from './labels';
import { literal } from './literal';
import type { Mount } from './mount';
import { logicalId, preparationName } from './names';
import { privileges } from './privileges';
import { sharedImage } from './shared-resources';
import { createVolume, type StoredDirectory } from './storage';

/** What a preparation is for. */
export interface PreparationProps {
  readonly environment: Environment;
  /** `kafka`, `zookeeper`, `companions`: part of its name. */
  readonly stem: string;
  readonly processes: readonly Process[];
  /** The data directories of all the processes. */
  readonly directories: readonly StoredDirectory[];
}

const dataRoot = '/data';
const megabytes = 64;

/**
 * What the containers of a construct need before they start, done by one container of the tools image that runs to its end: the Java
 * agents in a volume of their own, and data directories that belong to the user of the process (a new volume belongs to root). It is
 * the only container that runs as root; it has no network. Run again, it changes nothing.
 */
export class Preparation extends Construct {
  /** Where the agents are, for processes that need them. */
  readonly agents: Mount | undefined;
  /** What the containers have to wait for; undefined when there is nothing to do. */
  readonly container: Container | undefined;

  constructor(scope: Construct, id: string, { environment, stem, processes, directories }: PreparationProps) {
    super(scope, id);
    const identity = { environment, component: stem };
    const needsAgents = processes.some((process) => process.needsAgents);
    if (!needsAgents && directories.length === 0) return;
    const agents = needsAgents
      ? createVolume(this, preparationName(environment, stem, 'agents'), { ...identity, component: 'agents' }, false)
      : undefined;
    if (agents !== undefined) this.agents = { type: 'volume', source: agents.name, target: agentDirectory, readOnly: true };
    const name = preparationName(environment, stem, 'prepare');
    const volumes = directories.flatMap(({ mount, below }) => (below === undefined ? [mount] : []));
    const { dataDirectory } = environment.platform.docker;
    this.container = new Container(this, 'Container', {
      name,
      image: sharedImage(this, toolsImage(environment.platform.docker.toolsImage)).imageId,
      entrypoint: ['sh', '-c', literal(script(directories, needsAgents))],
      user: '0:0',
      networkMode: 'none',
      readOnly: true,
      ...privileges('CHOWN', 'DAC_OVERRIDE', 'FOWNER'),
      memory: megabytes,
      memorySwap: megabytes,
      mounts: [
        ...volumes.map(({ source, ...mount }, index) => ({ ...mount, source, target: `${dataRoot}/${index}` })),
        ...(agents === undefined ? [] : [{ type: 'volume', source: agents.name, target: agentDirectory }]),
      ],
      ...(dataDirectory === undefined || volumes.length === directories.length
        ? {}
        : // Made by Docker where it is missing, which the other kind of mount refuses.
          { volumes: [{ hostPath: hostDirectory(this, 'data_directory', dataDirectory), containerPath: dataRoot }] }),
      // It has done its work when it has ended: whoever depends on it waits for that, and its being stopped is no difference.
      attach: true,
      mustRun: false,
      restart: 'no',
      destroyGraceSeconds: 1,
      labels: labelsOf({ ...identity, component: 'prepare' }).map(({ label, value }) => ({ label, value: literal(value) })),
    });
    this.container.overrideLogicalId(logicalId(name));
  }
}

/** Agents are put in place by renaming: a JVM that has the old file open keeps it whole. */
function script(directories: readonly StoredDirectory[], needsAgents: boolean): string {
  const copies = needsAgents
    ? [
        `for jar in ${toolsAgentDirectory}/*.jar; do cp "$jar" ${agentDirectory}/.new && chmod 644 ${agentDirectory}/.new && mv ${agentDirectory}/.new "${agentDirectory}/\${jar##*/}"; done`,
      ]
    : [];
  let volume = 0;
  const owned = directories.map(({ below, user }) => {
    const path = `${dataRoot}/${below ?? volume++}`;
    return `${below === undefined ? '' : `mkdir -p ${path} && `}chown ${user}:${user} ${path}`;
  });
  return ['set -e', ...copies, ...owned].join('; ');
}
