import { derivedName, dnsLabelLimit, type Environment } from '../model';
import { companionComponents, type Process } from '../runtime';

/** The Docker network of an environment. */
export function networkName(environment: Environment): string {
  return environment.platform.docker.network ?? derivedName(dnsLabelLimit, environment.name, 'kafka');
}

function ofNode(template: string, id: number): string {
  return template.replaceAll('{id}', String(id));
}

/** The name by which the containers of the network find a node. */
export function nodeHost(environment: Environment, component: 'kafka' | 'zookeeper', id: number): string {
  return ofNode(environment.platform.docker.hostnames[component], id);
}

/** The name by which the containers of the network find a process: a companion's is its component. */
export function hostOf(environment: Environment, { component, id }: Pick<Process, 'component' | 'id'>): string {
  return isNode(component) && id !== undefined ? nodeHost(environment, component, id) : component;
}

/** The name of the container of a process, unique on the Docker host. */
export function containerName(environment: Environment, { component, id }: Pick<Process, 'component' | 'id'>): string {
  const { containers } = environment.platform.docker;
  if (isNode(component) && id !== undefined) return ofNode(containers[component], id);
  const section = Object.entries(companionComponents).find(([, own]) => own === component)?.[0] ?? component;
  return containers[section] ?? component;
}

function isNode(component: Process['component']): component is 'kafka' | 'zookeeper' {
  return component === 'kafka' || component === 'zookeeper';
}

/** The volume of a disk: `<environment>-<process>-<disk>`. */
export function volumeName(environment: Environment, process: string, disk: string): string {
  return derivedName(dnsLabelLimit, environment.name, process, disk);
}

/** The volume with the Java agents, and the container that fills it. */
export function preparationName(environment: Environment, stem: string, what: 'agents' | 'prepare'): string {
  return derivedName(dnsLabelLimit, environment.name, stem, what);
}

/**
 * What Terraform calls a resource: its own name on the Docker host, so that a construct can be moved in the tree and nothing is
 * replaced. A character that Terraform does not take becomes `_`.
 */
export function logicalId(name: string): string {
  const plain = name.replace(/[^A-Za-z0-9_-]/g, '_');
  return /^[A-Za-z_]/.test(plain) ? plain : `_${plain}`;
}
