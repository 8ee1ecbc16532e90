import { DockerProvider } from '@cdktf/provider-docker/lib/provider';
import { LocalBackend, TerraformResource, TerraformStack } from 'cdktf';
import type { Construct } from 'constructs';
import type { Environment } from '../model';
import { Companions } from './companions';
import { KafkaCluster } from './kafka-cluster';
import { Monitoring } from './monitoring';
import { ZookeeperEnsemble } from './zookeeper-ensemble';

/** Properties of `KafkaStack`. */
export interface KafkaStackProps {
  /** The environment, as `parseEnvironment` or a file gave it. */
  readonly environment: Environment;
}

/** The provider whose traps are known and avoided; the exact release is the lock file's to say. */
const providerVersion = '~> 3.6';

/** One whole environment: its network, ZooKeeper where it has one, Kafka, and everything that stands beside them. */
export class KafkaStack extends TerraformStack {
  /** The cluster, to add to. */
  readonly cluster: KafkaCluster;

  constructor(scope: Construct, id: string, { environment }: KafkaStackProps) {
    super(scope, id);
    new DockerProvider(this, 'docker', {});
    this.addOverride('terraform.required_providers.docker.version', providerVersion);
    // Without a backend of its own the stack gets one with an absolute path.
    new LocalBackend(this, { path: 'terraform.tfstate' });
    const whole = { environment };
    const zookeeper = environment.metadata.mode === 'zookeeper' ? new ZookeeperEnsemble(this, 'Zookeeper', whole) : undefined;
    this.cluster = new KafkaCluster(this, 'Kafka', zookeeper === undefined ? whole : { ...whole, zookeeper });
    const { cluster } = this;
    new Companions(this, 'Companions', { cluster });
    new Monitoring(this, 'Monitoring', { cluster });
    this.node.addValidation({ validate: () => namesakes(this) });
  }
}

/** Two resources of one type and name: Terraform would take them for one with the values of both. */
function namesakes(stack: TerraformStack): string[] {
  const first = new Map<string, string>();
  return stack.node.findAll().flatMap((construct) => {
    if (!TerraformResource.isTerraformResource(construct)) return [];
    const what = `${construct.terraformResourceType} ${construct.friendlyUniqueId}`;
    const other = first.get(what);
    if (other !== undefined) return [`${what} is made twice, by ${other} and ${construct.node.path}; give one of them another name`];
    first.set(what, construct.node.path);
    return [];
  });
}
