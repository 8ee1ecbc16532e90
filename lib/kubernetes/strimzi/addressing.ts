import type { Environment } from '../../model';
import type { Addressing } from '../../runtime';
import { kubernetesAddressing } from '../addressing';
import { companionName, serviceHost } from '../names';
import { strimziHost } from './names';

/** Who is where in a cluster that the operator runs. */
export function strimziAddressing(environment: Environment): Addressing {
  const plain = kubernetesAddressing(environment);
  const kafkaHost = (id: number) => strimziHost(environment, id);
  return {
    ...plain,
    kafkaHost,
    advertised: (listener, id) =>
      listener.scope === 'internal' ? { host: kafkaHost(id), port: listener.port } : plain.advertised(listener, id),
    companionHost: (component) =>
      serviceHost(environment, component === 'connect' ? `${companionName(component)}-connect-api` : companionName(component)),
  };
}
