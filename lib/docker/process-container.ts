import { Container } from '@cdktf/provider-docker/lib/container';
import type { Network } from '@cdktf/provider-docker/lib/network';
import { Construct } from 'constructs';
import { type Environment, publishedPorts, startedKafka, startedKafkaLabels } from '../model';
import type { Process } from '../runtime';
import { uploadsOf } from './config-files';
import { contentHash, contentHashLabel } from './content-hash';
import { healthCheckOf } from './health-check';
import { labelsOf } from './labels';
import { limitsOf, scratchBytes } from './limits';
import { literal } from './literal';
import type { Mount } from './mount';
import { containerName, hostOf, logicalId } from './names';
import type { Preparation } from './preparation';
import { privileges } from './privileges';
import { commandOf, secretMounts } from './secrets';
import { sharedImage } from './shared-resources';

/** What a container is made from. */
export interface ProcessContainerProps {
  readonly environment: Environment;
  readonly process: Process;
  readonly networks: readonly Network[];
  /** The data directories of the process. */
  readonly data: readonly Mount[];
  readonly preparation: Preparation;
}

/** One process as a container. */
export class ProcessContainer extends Construct {
  /** The Terraform resource. */
  readonly resource: Container;

  constructor(scope: Construct, id: string, { environment, process, networks, data, preparation }: ProcessContainerProps) {
    super(scope, id);
    const name = containerName(environment, process);
    const hostname = literal(hostOf(environment, process));
    const mounts = [
      ...data,
      ...secretMounts(this, environment, process),
      ...(process.needsAgents && preparation.agents !== undefined ? [preparation.agents] : []),
    ];
    const healthcheck = healthCheckOf(process);
    const entrypoint = commandOf(process).map(literal);
    this.resource = new Container(this, 'Container', {
      name,
      hostname,
      image: sharedImage(this, process.image).imageId,
      ...(entrypoint.length === 0 ? {} : { entrypoint }),
      env: variables(process),
      user: `${process.user}:${process.user}`,
      ...privileges(),
      ...limitsOf(environment, process),
      ...(healthcheck === undefined ? {} : { healthcheck }),
      upload: uploadsOf(process),
      mounts: [...mounts].sort((a, b) => (a.target < b.target ? -1 : 1)),
      tmpfs: scratch(process),
      networksAdvanced: networks.map((network) => ({ name: network.id, aliases: [hostname] })),
      ports: portsOf(environment, process),
      labels: [
        { label: contentHashLabel, value: contentHash(process) },
        ...startedLabels(environment, process),
        ...labelsOf({ environment, component: process.component, id: process.id }),
      ]
        .map(({ label, value }) => ({ label, value: literal(value) }))
        .sort((a, b) => (a.label < b.label ? -1 : 1)),
      logDriver: 'json-file',
      logOpts: { 'max-file': '5', 'max-size': '100m' },
      restart: 'unless-stopped',
      // Else a mere plan would delete a container that somebody has stopped.
      mustRun: false,
      stopSignal: 'SIGTERM',
      stopTimeout: process.stopGraceSeconds,
      // Else a broker is killed where it stands, and recovers its logs at the next start.
      destroyGraceSeconds: process.stopGraceSeconds,
      ...(preparation.container === undefined ? {} : { dependsOn: [preparation.container] }),
    });
    this.resource.overrideLogicalId(logicalId(name));
  }
}

/** What the life cycle reads of a running node before it changes the version. */
function startedLabels(environment: Environment, { component }: Process): { label: string; value: string }[] {
  if (component !== 'kafka') return [];
  return Object.entries(startedKafkaLabels(startedKafka(environment))).map(([label, value]) => ({ label, value }));
}

function variables({ env }: Process): string[] {
  return Object.entries(env)
    .map(([name, value]) => literal(`${name}=${value}`))
    .sort();
}

/** Directories in memory. They allow programs, because Kafka unpacks its compression libraries into /tmp. */
function scratch({ scratch: paths, memory }: Process): Record<string, string> {
  const options = `rw,exec,nosuid,nodev,mode=1777,size=${scratchBytes(memory)}`;
  return Object.fromEntries([...new Set([...paths, '/tmp'])].sort().map((path) => [path, options]));
}

/** By the port inside, the order in which the provider reads them back. */
function portsOf(environment: Environment, { name }: Process): { internal: number; external: number }[] {
  return publishedPorts(environment)
    .filter(({ process }) => process === name)
    .map(({ inside, port }) => ({ internal: inside, external: port }))
    .sort((a, b) => a.internal - b.internal);
}
