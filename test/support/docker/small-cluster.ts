import { dockerAddressing, terraformOf } from '../../../lib/docker';
import { readStack, type Stack } from '../../../lib/lifecycle';
import type { Environment, EnvironmentInput } from '../../../lib/model';
import type { Addressing } from '../../../lib/runtime';
import { brokerPool, environmentOf, zookeeperEnsemble } from '../runtime/environment';

/** Three ZooKeeper servers, three brokers and a web interface, on Docker. */
export const smallCluster: Parameters<typeof environmentOf>[0] = {
  name: 'orders',
  kafka: { version: '3.9.2' },
  metadata: { mode: 'zookeeper', ensemble: zookeeperEnsemble },
  nodePools: [brokerPool],
  listeners: [
    { name: 'INTERNAL', port: 29_092, security: 'plaintext' },
    { name: 'EXTERNAL', port: 9092, security: 'plaintext', scope: 'external' },
  ],
  companions: { kafkaUi: {} },
  platform: { docker: { listeners: { EXTERNAL: { basePort: 9091 } } } },
};

/** Where its Terraform is said to be. */
export const directory = '/project/dist/docker/orders';

/** An environment, its stack and its addresses. */
export function onDocker(input: EnvironmentInput | Parameters<typeof environmentOf>[0] = smallCluster): {
  readonly environment: Environment;
  readonly stack: Stack;
  readonly addressing: Addressing;
} {
  const environment = environmentOf(input);
  return { environment, stack: stackOf(environment), addressing: dockerAddressing(environment) };
}

/** The stack of an environment. */
export function stackOf(environment: Environment): Stack {
  return readStack(terraformOf(environment).get('cdk.tf.json') ?? '', directory);
}
