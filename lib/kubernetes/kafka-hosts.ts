import { brokersOf, type Environment } from '../model';
import type { Addressing } from '../runtime';
import { kubernetesListener } from './addressing';
import { headlessName, kafkaStem, listenerServiceName, namespaceOf, serviceHost } from './names';

/** Every name and address by which anybody is told to reach a Kafka node: what its certificate must answer to. */
export function kafkaHosts(environment: Environment, addressing: Addressing): readonly string[] {
  const stem = kafkaStem(environment);
  const namespace = namespaceOf(environment);
  const external = environment.listeners.filter((listener) => listener.scope === 'external');
  return [
    stem,
    `${stem}.${namespace}`,
    `${stem}.${namespace}.svc`,
    serviceHost(environment, stem),
    // A node that is added begins with the certificate of before, which is made anew only after a while.
    serviceHost(environment, headlessName(stem), '*'),
    ...environment.nodes.map(({ id }) => addressing.kafkaHost(id)),
    ...brokersOf(environment).flatMap(({ id }) => environment.listeners.map((listener) => addressing.advertised(listener, id).host)),
    ...external.map((listener) => serviceHost(environment, listenerServiceName(environment, listener))),
    ...external.flatMap((listener) => kubernetesListener(environment, listener)?.bootstrapHost ?? []),
  ];
}
