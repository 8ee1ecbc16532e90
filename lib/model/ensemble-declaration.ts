import { type Composition, compose } from './composition';
import type { EnvironmentInput } from './environment-spec';
import type { Problem } from './problem';
import type { Platform } from './rules/rule';

type ZookeeperInput = Extract<EnvironmentInput['metadata'], { mode: 'zookeeper' }>;
type EnsembleInput = ZookeeperInput['ensemble'];

/** What a construct is told of an ensemble: its metadata section, flat, and the little of an environment that it stands in. */
export interface EnsembleDeclaration {
  /** The name of the environment; at most 50 letters, digits and hyphens. */
  readonly name: EnvironmentInput['name'];
  /** What the environment is for. */
  readonly kind: EnvironmentInput['kind'];
  /** The ids of the servers (`myid`), 1 to 255; an odd number of them. */
  readonly ids: EnsembleInput['ids'];
  /** The availability zone of each server, by id. @default {} */
  readonly zones?: EnsembleInput['zones'];
  /** Memory of each server, such as `4Gi`. */
  readonly memory: EnsembleInput['memory'];
  /** The heap of the JVM. @default - three quarters of the memory */
  readonly heap?: EnsembleInput['heap'];
  /** Processor of each server. @default { request: '500m' } */
  readonly cpu?: EnsembleInput['cpu'];
  /** The volumes of each server: one for snapshots and, if wished, one for the transaction log. */
  readonly disks: EnsembleInput['disks'];
  /** @default { client: 2181, secureClient: 2182, quorum: 2888, election: 3888 } */
  readonly ports?: EnsembleInput['ports'];
  /** Settings for `zoo.cfg`, over the defaults. @default {} */
  readonly config?: EnsembleInput['config'];
  /** Options added to the JVM. @default [] */
  readonly jvmOptions?: EnsembleInput['jvmOptions'];
  /** `mtls`: clients and the quorum show certificates. @default 'plaintext' */
  readonly security?: ZookeeperInput['security'];
  /** The path below which Kafka keeps its data, such as `/kafka`. @default - the root */
  readonly chroot?: ZookeeperInput['chroot'];
  /** @default - Kafka's image for Apache's distribution, `confluentinc/cp-zookeeper` for Confluent's */
  readonly image?: ZookeeperInput['image'];
  /** The Kafka whose ZooKeeper this is: it decides the image and what `zoo.cfg` may say. @default { version: '3.9.2' } */
  readonly kafka?: EnvironmentInput['kafka'];
  /** How the servers are watched. @default - an exporter on port 7071 */
  readonly monitoring?: EnvironmentInput['monitoring'];
  /** Labels for people: team, project, cost centre. @default {} */
  readonly tags?: EnvironmentInput['tags'];
  /** What belongs to a platform; a construct reads the section of its own. @default {} */
  readonly platform?: EnvironmentInput['platform'];
}

/** The metadata section that the properties of an ensemble make. */
export function zookeeperMetadata(props: EnsembleDeclaration): ZookeeperInput {
  const { ids, zones, memory, heap, cpu, disks, ports, config, jvmOptions, security, chroot, image } = props;
  return {
    mode: 'zookeeper',
    security,
    chroot,
    image,
    ensemble: { ids, zones, memory, heap, cpu, disks, ports, config, jvmOptions },
  };
}

/** The least environment around an ensemble that is used without a cluster. What its brokers are, nobody asks. */
function environmentAround(props: EnsembleDeclaration): EnvironmentInput {
  const { name, kind, tags, monitoring, platform, kafka = { version: '3.9.2' } } = props;
  return {
    name,
    kind,
    tags,
    monitoring,
    platform,
    kafka,
    metadata: zookeeperMetadata(props),
    nodePools: [{ name: 'brokers', ids: [0], memory: '4Gi', disks: [{ name: 'data', size: '10Gi' }] }],
    listeners: [{ name: 'INTERNAL', port: 9092, security: props.security === 'mtls' ? 'mtls' : 'plaintext' }],
  };
}

const ownFields: ReadonlySet<string | number> = new Set(['name', 'kind', 'tags', 'kafka', 'metadata', 'monitoring']);

/** Rules on the platform section look at listeners, which an ensemble does not have; its shape is still checked. */
function isOwn({ code, path: [field] }: Problem): boolean {
  return field === undefined || ownFields.has(field) || (field === 'platform' && code.startsWith('schema/'));
}

/** The environment of an ensemble that is used without a cluster, and what is wrong with the ensemble; paths are an environment's. */
export function composeEnsemble(props: EnsembleDeclaration, platform: Platform): Composition {
  return compose(environmentAround(props), platform, isOwn);
}

/** A path inside the metadata section as the construct's own property. */
export function ensemblePath([section, part, ...rest]: Problem['path']): Problem['path'] {
  if (section !== 'metadata' || part === undefined) return [section, part, ...rest].flatMap((step) => step ?? []);
  return part === 'ensemble' ? rest : [part, ...rest];
}
