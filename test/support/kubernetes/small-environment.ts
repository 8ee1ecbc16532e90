import { parse } from 'yaml';
import { manifestsOf } from '../../../lib/kubernetes';
import { type KubernetesObject, type KubernetesStack, readKubernetesStack } from '../../../lib/lifecycle';
import type { Environment } from '../../../lib/model';
import { brokerPool, environmentOf, zookeeperEnsemble } from '../runtime/environment';

/** Three ZooKeeper servers, three brokers, a web interface and a topic, on Kubernetes. */
export const smallEnvironment: Parameters<typeof environmentOf>[0] = {
  name: 'orders',
  kind: 'development',
  kafka: { version: '3.9.2' },
  metadata: { mode: 'zookeeper', ensemble: zookeeperEnsemble },
  nodePools: [brokerPool],
  listeners: [{ name: 'INTERNAL', port: 29_092, security: 'plaintext' }],
  companions: { kafkaUi: {} },
  topics: { orders: {} },
};

/** An environment and its stack. */
export function onKubernetes(input: Parameters<typeof environmentOf>[0] = smallEnvironment): {
  readonly environment: Environment;
  readonly stack: KubernetesStack;
} {
  const environment = environmentOf(input);
  const objects = [...manifestsOf(environment)].flatMap(([file, text]) =>
    file === 'kustomization.yaml' ? [] : [parse(text) as KubernetesObject],
  );
  return { environment, stack: readKubernetesStack(environment.name, 'orders', objects) };
}
