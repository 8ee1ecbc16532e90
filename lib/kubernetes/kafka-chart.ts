import { ApiObject, Chart, JsonPatch } from 'cdk8s';
import type { Construct } from 'constructs';
import type { Environment } from '../model';
import { Companions } from './companions';
import { Convergence } from './convergence';
import { k8s } from './k8s';
import { KafkaCluster } from './kafka-cluster';
import { objectMetadata } from './labels';
import { MetadataBackup } from './metadata-backup';
import { Monitoring } from './monitoring';
import { namespaceOf } from './names';
import { NetworkPolicies } from './network-policies';
import { ScaleInPolicy } from './scale-in-policy';
import { ZookeeperEnsemble } from './zookeeper-ensemble';

/** Properties of `KafkaChart`. */
export interface KafkaChartProps {
  /** The environment, as `parseEnvironment` or a file gave it. */
  readonly environment: Environment;
}

/** One whole environment: its namespace, ZooKeeper where it has one, Kafka, and everything that stands beside them. */
export class KafkaChart extends Chart {
  /** The cluster, to add to. */
  readonly cluster: KafkaCluster;

  constructor(scope: Construct, id: string, { environment }: KafkaChartProps) {
    super(scope, id, { namespace: namespaceOf(environment) });
    if (environment.platform.kubernetes.createNamespace) createNamespace(this, environment);
    const whole = { environment };
    const zookeeper = environment.metadata.mode === 'zookeeper' ? new ZookeeperEnsemble(this, 'Zookeeper', whole) : undefined;
    this.cluster = new KafkaCluster(this, 'Kafka', zookeeper === undefined ? whole : { ...whole, zookeeper });
    const { cluster } = this;
    const { createNamespace: mayLeaveNamespace, scaleInPolicy = mayLeaveNamespace } = environment.platform.kubernetes;
    if (scaleInPolicy) new ScaleInPolicy(this, 'ScaleInPolicy', { cluster });
    new NetworkPolicies(this, 'NetworkPolicies', { cluster });
    new Companions(this, 'Companions', { cluster });
    new Monitoring(this, 'Monitoring', { cluster });
    new Convergence(this, 'Convergence', { cluster });
    if (environment.backup?.metadata !== undefined) new MetadataBackup(this, 'MetadataBackup', { cluster });
    this.node.addValidation({ validate: () => namesakes(this) });
  }
}

/** The namespace refuses pods that fall short of the environment's pod security standard. */
function createNamespace(scope: Construct, environment: Environment): void {
  const { podSecurity } = environment.platform.kubernetes;
  const { namespace: _, ...metadata } = objectMetadata({ environment, component: 'namespace' }, namespaceOf(environment), '');
  const security = ['enforce', 'audit', 'warn'].map((mode) => [`pod-security.kubernetes.io/${mode}`, podSecurity]);
  const namespace = new k8s.KubeNamespace(scope, 'Namespace', {
    metadata: { ...metadata, labels: { ...metadata.labels, ...Object.fromEntries(security) } },
  });
  // The chart gives its namespace to everything in it, and a namespace is in none.
  namespace.addJsonPatch(JsonPatch.remove('/metadata/namespace'));
}

/** Two objects of one kind and name: Kubernetes would keep whichever comes last. */
function namesakes(chart: Chart): string[] {
  const first = new Map<string, string>();
  return chart.node.findAll().flatMap((construct) => {
    if (!ApiObject.isApiObject(construct)) return [];
    const what = `${construct.kind} ${construct.metadata.namespace ?? ''}/${construct.name}`;
    const other = first.get(what);
    if (other !== undefined) return [`${what} is made twice, by ${other} and ${construct.node.path}; give one of them another name`];
    first.set(what, construct.node.path);
    return [];
  });
}
