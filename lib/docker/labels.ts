import { derivedName, dnsLabelLimit, type Environment } from '../model';

/** A label of a container, a volume or a network, as the provider takes it. */
export interface Label {
  readonly label: string;
  readonly value: string;
}

/** Whose object something is. */
export interface Identity {
  readonly environment: Environment;
  /** `kafka`, `zookeeper`, `schema-registry`, … */
  readonly component: string;
  /** The id of a node. @default - none */
  readonly id?: number | undefined;
}

/** `broker`, `controller` or both for a Kafka node, else the component. */
function rolesOf({ environment, component, id }: Identity): readonly string[] {
  const node = component === 'kafka' ? environment.nodes.find((candidate) => candidate.id === id) : undefined;
  if (node === undefined) return [component];
  return [...(node.broker ? ['broker'] : []), ...(node.controller ? ['controller'] : [])];
}

/** The labels of everything on Docker, by name: cluster, environment, component, role, and the environment's tags. */
export function labelsOf(identity: Identity): Label[] {
  const { environment, component, id } = identity;
  const labels: Readonly<Record<string, string>> = {
    'kafkon.dev/cluster': environment.name,
    'kafkon.dev/environment': environment.kind,
    'kafkon.dev/component': component,
    'kafkon.dev/role': rolesOf(identity).join(','),
    ...(id === undefined ? {} : { 'kafkon.dev/node': String(id) }),
    ...Object.fromEntries(Object.entries(environment.tags).map(([tag, value]) => [`tags.kafkon.dev/${plain(tag)}`, value])),
  };
  return Object.keys(labels)
    .sort()
    .map((label) => ({ label, value: labels[label] ?? '' }));
}

function plain(tag: string): string {
  return /^[A-Za-z0-9][A-Za-z0-9._-]*$/.test(tag) ? tag : derivedName(dnsLabelLimit, tag);
}
