import type { Environment, Path, Problem } from '../model';
import { LifecycleError } from './failure';
import { readMetrics } from './observe';
import type { Ports, Report } from './ports';
import type { Stack } from './stack';
import type { Change, Terraform } from './terraform';

/** A node that the environment no longer has, or a volume that it no longer names: what Terraform would destroy with its data. */
export interface Removal {
  /** As a person names it to let it go: `kafka-3`, or the name of a volume. */
  readonly name: string;
  /** `kafka`, `zookeeper`, or what a volume belongs to. */
  readonly component: string;
  /** Whether it is a broker, which has replicas. */
  readonly broker: boolean;
  /** A node and all it has, or one volume of something that stays. */
  readonly kind: 'node' | 'volume';
  /** The volumes with its data. */
  readonly volumes: readonly { readonly address: string; readonly name: string }[];
  /** The name of its container, where that is there. */
  readonly container?: string;
}

/** What may go, and how sure to be. */
export interface RemovalConsent {
  /** The names of nodes and volumes that may go. */
  readonly remove: readonly string[];
  /** Also brokers that still hold replicas, or of which nobody knows. */
  readonly force: boolean;
}

/** Volumes that are filled anew by what made them. */
const passing = 'agents';

/** What a plan would destroy that holds data or serves it, by name. A container that is made anew under another name is none. */
export function removalsOf(changes: readonly Change[], stack: Stack): readonly Removal[] {
  const removals = new Map<string, Removal>();
  for (const { address, action, was } of changes) {
    if (action !== 'delete' || was === undefined) continue;
    const { 'kafkon.dev/component': component = '', 'kafkon.dev/node': id, 'kafkon.dev/role': roles = '' } = was.labels;
    const isVolume = address.startsWith('docker_volume.');
    if (!isVolume && !address.startsWith('docker_container.')) continue;
    const service = `${component}-${id}`;
    const gone = id !== undefined && !stack.containers.some((container) => container.service === service);
    if (isVolume ? component === passing : !gone) continue;
    const name = gone ? service : was.name;
    const known = removals.get(name);
    removals.set(name, {
      name,
      component,
      broker: component === 'kafka' && roles.split(',').includes('broker'),
      kind: gone ? 'node' : 'volume',
      volumes: [...(known?.volumes ?? []), ...(isVolume ? [{ address, name: was.name }] : [])],
      ...(isVolume ? (known?.container === undefined ? {} : { container: known.container }) : { container: was.name }),
    });
  }
  return [...removals.values()].sort((a, b) => (a.name < b.name ? -1 : 1));
}

/**
 * Refuses what nobody has agreed to, and brokers that hold replicas. What may go loses its container; its volumes are taken out of
 * Terraform's state and stay on the Docker host. Returns the changes that are left.
 */
export async function settleRemovals(
  ports: Ports,
  stack: Stack,
  environment: Environment,
  changes: readonly Change[],
  consent: RemovalConsent,
  report: Report,
): Promise<readonly Change[]> {
  const removals = removalsOf(changes, stack);
  const refused = removals.filter(({ name }) => !consent.remove.includes(name)).map(refusal);
  const holding = consent.force ? [] : await stillHolding(ports, environment, removals, consent);
  if (refused.length + holding.length > 0) throw new LifecycleError([...refused, ...holding]);
  const volumes = removals.flatMap((removal) => removal.volumes);
  if (volumes.length === 0) return changes;
  await ports.terraform.forget(
    stack.directory,
    volumes.map(({ address }) => address),
  );
  for (const { name } of volumes) report(`volume ${name} stays on the Docker host; "docker volume rm ${name}" removes it and its data`);
  return changes.filter(({ address }) => !volumes.some((volume) => volume.address === address));
}

/** The volumes in the state that may hold data: all that the stack does not know to be filled anew. */
export async function keptVolumes(terraform: Terraform, { directory, volumes }: Stack): Promise<readonly string[]> {
  const filledAnew = new Set(volumes.filter(({ kept }) => !kept).map(({ address }) => address));
  return (await terraform.resources(directory)).filter((address) => address.startsWith('docker_volume.') && !filledAnew.has(address));
}

const places: Readonly<Record<string, Path>> = { kafka: ['nodePools'], zookeeper: ['metadata', 'ensemble'] };

function refusal({ name, component, broker, kind, volumes }: Removal): Problem {
  const data = volumes.map((volume) => volume.name).join(' and ');
  const problem = { severity: 'error', path: places[component] ?? ['companions'] } as const;
  if (kind === 'volume')
    return {
      ...problem,
      code: 'docker/volume-removed',
      message: `volume ${name} of ${component} is no longer in the environment, and Terraform would destroy it with its data; put its disk back, or let it go with --remove ${name}: it then stays on the Docker host, unused`,
    };
  const first = broker
    ? `move its replicas to other brokers with ${emptying(name)} and then`
    : component === 'zookeeper'
      ? 'see that the others are a majority without it and then'
      : 'see that the other controllers are a majority without it and then';
  return {
    ...problem,
    code: 'docker/node-removed',
    message: `${name} is no longer in the environment, and Terraform would destroy it${data === '' ? '' : ` with its data in ${data}`}; put it back, or ${first} let it go with --remove ${name}${data === '' ? '' : ': its volumes stay on the Docker host'}`,
  };
}

function emptying(service: string): string {
  return `kafkon brokers <environment> rebalance --empty ${service.replace('kafka-', '')}`;
}

async function stillHolding(
  { engine }: Ports,
  environment: Environment,
  removals: readonly Removal[],
  { remove }: RemovalConsent,
): Promise<Problem[]> {
  const problems = await Promise.all(
    removals
      .filter(({ name, broker, container }) => remove.includes(name) && broker && container !== undefined)
      .map(async ({ name, container = '' }): Promise<Problem[]> => {
        const replicas = (await readMetrics(engine, container, environment))?.replicas;
        if (replicas === 0) return [];
        const state = replicas === undefined ? 'does not tell how many replicas it holds' : `still holds ${replicas} replicas`;
        return [
          {
            code: 'docker/node-holds-replicas',
            severity: 'error',
            path: ['nodePools'],
            message: `${name} ${state}; move them to other brokers with ${emptying(name)}, or give --force as well`,
          },
        ];
      }),
  );
  return problems.flat();
}
