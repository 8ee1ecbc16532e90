import { derivedName, dnsLabelLimit, type Environment, isStrimzi } from '../model';

export type Labels = Readonly<Record<string, string>>;

/** Whose object something is: a component of an environment and, for nodes, the pool and the roles. */
export interface Identity {
  readonly environment: Environment;
  /** `kafka`, `zookeeper`, `schema-registry`, … */
  readonly component: string;
  readonly pool?: string | undefined;
  /** Each becomes the label `kafkon.dev/<role>`. @default [] */
  readonly roles?: readonly Role[] | undefined;
}

/** What a Kafka node does. */
export type Role = 'broker' | 'controller';

/**
 * The labels by which the pods of a component are selected: of all its pools, or of one pool, or of those with certain roles.
 * They never change in the life of a workload, since selectors and claim templates are immutable.
 */
export function selectorLabels(identity: Identity): Labels {
  return isStrimzi(identity.environment) ? (strimziPodLabels(identity) ?? ownLabels(identity)) : ownLabels(identity);
}

/** The labels of the pods that the Strimzi operator makes; undefined for those it does not make. */
function strimziPodLabels({ environment, component, roles = [] }: Identity): Labels | undefined {
  const cluster = component === 'kafka' ? environment.platform.kubernetes.names.kafka : component;
  const suffix = { kafka: 'kafka', connect: 'connect', 'mirror-maker': 'mirrormaker2' }[component];
  if (suffix === undefined) return undefined;
  return {
    'strimzi.io/cluster': cluster,
    'strimzi.io/name': `${cluster}-${suffix}`,
    ...Object.fromEntries(roles.map((role) => [`strimzi.io/${role}-role`, 'true'])),
  };
}

function ownLabels(identity: Identity): Labels {
  return {
    'app.kubernetes.io/name': identity.component,
    'app.kubernetes.io/instance': identity.environment.name,
    ...(identity.pool === undefined ? {} : { 'kafkon.dev/pool': identity.pool }),
    ...Object.fromEntries((identity.roles ?? []).map((role) => [`kafkon.dev/${role}`, 'true'])),
  };
}

/** The labels of every object. */
export function objectLabels(identity: Identity): Labels {
  return {
    ...ownLabels(identity),
    'app.kubernetes.io/component': identity.component,
    'app.kubernetes.io/part-of': 'kafka',
    'app.kubernetes.io/managed-by': 'kafkon',
    'kafkon.dev/environment': identity.environment.name,
  };
}

/** The environment's tags as annotations: their values may be any text, which a label's may not. */
export function tagAnnotations(environment: Environment): Labels {
  return Object.fromEntries(Object.entries(environment.tags).map(([tag, value]) => [`tags.kafkon.dev/${annotationName(tag)}`, value]));
}

function annotationName(tag: string): string {
  const plain = tag.replace(/[^A-Za-z0-9._-]+/g, '-').replace(/^[^A-Za-z0-9]+|[^A-Za-z0-9]+$/g, '');
  return plain === '' || plain.length > dnsLabelLimit ? derivedName(dnsLabelLimit, 'tag', tag) : plain;
}

/** What stands in the metadata of an object: an explicit name, so that moving a construct renames nothing. */
export function objectMetadata(identity: Identity, name: string, namespace: string, annotations: Labels = {}) {
  return { name, namespace, labels: objectLabels(identity), annotations: { ...tagAnnotations(identity.environment), ...annotations } };
}
