import { derivedName, dnsLabelLimit, type Environment } from '../../model';
import { type Labels, tagAnnotations } from '../labels';
import { kafkaPodName, kafkaStem, namespaceOf, serviceHost } from '../names';

/** The name of the Kafka resource; the operator's own names begin with it. */
export const clusterName = kafkaStem;

/** The Service through which clients inside find the cluster. */
export function bootstrapName(environment: Environment): string {
  return `${clusterName(environment)}-kafka-bootstrap`;
}

/** The Secret with the authority that signed the brokers' certificates. */
export function authoritySecret(environment: Environment): string {
  return `${clusterName(environment)}-cluster-ca-cert`;
}

/** A broker's own name: the operator calls every pod by its pool, the main one too. */
export function strimziHost(environment: Environment, id: number): string {
  const pool = environment.nodes.find((node) => node.id === id)?.pool;
  const pod = pool === undefined ? kafkaPodName(environment, id) : `${clusterName(environment)}-${pool}-${id}`;
  return serviceHost(environment, `${clusterName(environment)}-kafka-brokers`, pod);
}

/**
 * What stands in the metadata of a resource of the operator. Labels of its own are few: the operator hands them down to its pods, and
 * there `kafkon.dev/…` would bring them under the policies of pods that are not its own.
 */
export function strimziMetadata(environment: Environment, component: string, name: string, annotations: Labels = {}) {
  return {
    name: derivedName(dnsLabelLimit, name),
    namespace: namespaceOf(environment),
    labels: {
      'app.kubernetes.io/name': component,
      'app.kubernetes.io/instance': environment.name,
      'app.kubernetes.io/managed-by': 'kafkon',
      'strimzi.io/cluster': clusterName(environment),
    },
    annotations: { ...tagAnnotations(environment), ...annotations },
  };
}
