import { ApiObject, type ApiObjectMetadata } from 'cdk8s';
import type { Construct } from 'constructs';
import type { k8s } from '../k8s';

/** The only version since the operator's 1.0. */
const apiVersion = 'kafka.strimzi.io/v1';

/** A value under Kafka's own dotted keys. */
export type StrimziConfig = Readonly<Record<string, string | number | boolean>>;

/** Requests and limits, as Kubernetes writes them. */
export interface StrimziResources {
  readonly requests: Readonly<Record<string, string>>;
  readonly limits: Readonly<Record<string, string>>;
}

/** How a JVM is started. */
export interface StrimziJvm {
  readonly '-Xms': string;
  readonly '-Xmx': string;
  readonly '-XX'?: Readonly<Record<string, string>>;
  readonly javaSystemProperties?: readonly { readonly name: string; readonly value: string }[];
}

/** What is added to a container that the operator makes. */
export interface ContainerTemplate {
  readonly env?: readonly { readonly name: string; readonly value: string }[];
  readonly securityContext?: k8s.SecurityContext;
}

/** What is added to pods that the operator makes. */
export interface PodTemplate {
  readonly affinity?: k8s.Affinity;
  readonly nodeSelector?: never;
  readonly tolerations?: readonly k8s.Toleration[];
  readonly topologySpreadConstraints?: readonly k8s.TopologySpreadConstraint[];
  readonly priorityClassName?: string;
  readonly terminationGracePeriodSeconds?: number;
  readonly enableServiceLinks?: boolean;
}

/** Who a client of the operator's is. */
export type StrimziLogin = {
  readonly type: 'scram-sha-512';
  readonly username: string;
  readonly passwordSecret: { readonly secretName: string; readonly password: string };
};

/** Whose certificates a client trusts. */
export interface StrimziTrust {
  readonly trustedCertificates: readonly { readonly secretName: string; readonly pattern: string }[];
}

/** One door of the brokers. */
export interface StrimziListener {
  readonly name: string;
  readonly port: number;
  readonly type: 'internal' | 'loadbalancer' | 'nodeport' | 'cluster-ip' | 'ingress';
  readonly tls: boolean;
  readonly authentication?: { readonly type: 'tls' | 'scram-sha-512' };
  readonly configuration?: Readonly<Record<string, unknown>>;
  readonly networkPolicyPeers?: readonly k8s.NetworkPolicyPeer[];
}

/** The part of a Kafka resource that is used here. */
export interface KafkaSpec {
  readonly kafka: {
    readonly version: string;
    readonly listeners: readonly StrimziListener[];
    readonly config: StrimziConfig;
    readonly authorization?: { readonly type: 'simple'; readonly superUsers: readonly string[] };
    readonly rack?: { readonly type: 'environment-variable'; readonly envVarName: string };
    readonly metricsConfig?: StrimziMetrics;
    readonly quotas?: Readonly<Record<string, string | number>>;
    readonly template: Readonly<Record<string, unknown>>;
  };
  readonly entityOperator?: Readonly<Record<string, unknown>>;
  readonly cruiseControl?: Readonly<Record<string, unknown>>;
}

/** The exporter's rules, in a ConfigMap. */
export interface StrimziMetrics {
  readonly type: 'jmxPrometheusExporter';
  readonly valueFrom: { readonly configMapKeyRef: { readonly name: string; readonly key: string } };
}

/** One volume of a node. */
export interface StrimziVolume {
  readonly id: number;
  readonly type: 'persistent-claim';
  readonly size: string;
  readonly class?: string;
  readonly deleteClaim: boolean;
  readonly kraftMetadata?: 'shared';
}

/** A group of nodes. */
export interface KafkaNodePoolSpec {
  readonly replicas: number;
  readonly roles: readonly ('broker' | 'controller')[];
  readonly storage: { readonly type: 'jbod'; readonly volumes: readonly StrimziVolume[] };
  readonly resources: StrimziResources;
  readonly jvmOptions: StrimziJvm;
  readonly template: { readonly pod: PodTemplate; readonly kafkaContainer: ContainerTemplate };
}

/** One topic. */
export interface KafkaTopicSpec {
  readonly topicName?: string;
  readonly partitions: number;
  readonly replicas: number;
  readonly config: StrimziConfig;
}

/** What somebody may do with a resource. */
export interface StrimziAclRule {
  readonly type: 'allow' | 'deny';
  readonly resource: {
    readonly type: 'topic' | 'group' | 'cluster' | 'transactionalId';
    readonly name?: string;
    readonly patternType?: 'literal' | 'prefix';
  };
  readonly host: string;
  readonly operations: readonly string[];
}

/** One account: how it logs in, what it may do, and how much of it. */
export interface KafkaUserSpec {
  readonly authentication:
    | { readonly type: 'tls' }
    | {
        readonly type: 'scram-sha-512';
        readonly password: { readonly valueFrom: { readonly secretKeyRef: { readonly name: string; readonly key: string } } };
      };
  readonly authorization?: { readonly type: 'simple'; readonly acls: readonly StrimziAclRule[] };
  readonly quotas?: Readonly<Record<string, number>>;
}

/** What Kafka Connect and MirrorMaker 2 have in common. */
interface ConnectWorkers {
  readonly version: string;
  readonly replicas: number;
  readonly image?: string;
  readonly resources: StrimziResources;
  readonly jvmOptions: StrimziJvm;
  readonly template: Readonly<Record<string, unknown>>;
}

/** Where the workers of a group keep their state. */
export interface ConnectGroup {
  readonly bootstrapServers: string;
  readonly groupId: string;
  readonly configStorageTopic: string;
  readonly offsetStorageTopic: string;
  readonly statusStorageTopic: string;
  readonly tls?: StrimziTrust;
  readonly authentication?: StrimziLogin;
  readonly config: StrimziConfig;
}

/** Kafka Connect. */
export type KafkaConnectSpec = ConnectWorkers & ConnectGroup;

/** A cluster that is copied from. */
export interface MirrorSource {
  readonly alias: string;
  readonly bootstrapServers: string;
  readonly tls?: StrimziTrust;
  readonly authentication?: StrimziLogin;
}

/** MirrorMaker 2. */
export interface KafkaMirrorMaker2Spec extends ConnectWorkers {
  readonly target: ConnectGroup & { readonly alias: string };
  readonly mirrors: readonly {
    readonly source: MirrorSource;
    readonly sourceConnector: { readonly config: StrimziConfig };
    readonly checkpointConnector: { readonly config: StrimziConfig };
    readonly topicsPattern: string;
    readonly groupsPattern: string;
  }[];
}

/** A rebalance by Cruise Control; nothing said means its own goals. */
export type KafkaRebalanceSpec = Readonly<Record<string, never>>;

/** The resources of the operator and what each is made from. */
export interface StrimziSpecs {
  readonly Kafka: KafkaSpec;
  readonly KafkaNodePool: KafkaNodePoolSpec;
  readonly KafkaTopic: KafkaTopicSpec;
  readonly KafkaUser: KafkaUserSpec;
  readonly KafkaConnect: KafkaConnectSpec;
  readonly KafkaMirrorMaker2: KafkaMirrorMaker2Spec;
  readonly KafkaRebalance: KafkaRebalanceSpec;
}

/** Makes a resource of the operator. */
export function createStrimzi<Kind extends keyof StrimziSpecs>(
  scope: Construct,
  id: string,
  kind: Kind,
  metadata: ApiObjectMetadata,
  spec: StrimziSpecs[Kind],
): ApiObject {
  return new ApiObject(scope, id, { apiVersion, kind, metadata, spec });
}
