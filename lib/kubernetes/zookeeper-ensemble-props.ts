import type { EnvironmentInput } from '../model';

type ZookeeperInput = Extract<EnvironmentInput['metadata'], { mode: 'zookeeper' }>;
type EnsembleInput = ZookeeperInput['ensemble'];

/** Properties of `ZookeeperEnsemble`. */
export interface ZookeeperEnsembleProps {
  /** The name of the environment; at most 50 letters, digits and hyphens. */
  readonly name: EnvironmentInput['name'];
  /** What the environment is for. */
  readonly kind: EnvironmentInput['kind'];
  /** The ids of the servers (`myid`), 1 to 255; an odd number of them. Pods are named by them: `zookeeper-1`. */
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
  /** Annotations of every object. @default {} */
  readonly tags?: EnvironmentInput['tags'];
  /** What belongs to the platform; the Docker section is ignored here. @default {} */
  readonly platform?: EnvironmentInput['platform'];
}

/** The metadata section that the properties of an ensemble make. */
export function zookeeperMetadata(props: ZookeeperEnsembleProps): ZookeeperInput {
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
export function environmentAround(props: ZookeeperEnsembleProps): EnvironmentInput {
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
