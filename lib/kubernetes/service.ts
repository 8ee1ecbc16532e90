import type { Construct } from 'constructs';
import type { Port } from '../runtime';
import { k8s } from './k8s';
import { type Identity, objectMetadata, selectorLabels } from './labels';
import { namespaceOf } from './names';

/** A Service in front of some pods. */
export interface ServiceProps {
  /** Whose Service it is; its pool and roles narrow the selection of pods. */
  readonly identity: Identity;
  readonly name: string;
  readonly ports: readonly ServicePort[];
  /** @default 'ClusterIP' */
  readonly type?: 'ClusterIP' | 'LoadBalancer' | 'NodePort' | 'Headless';
  /** Select this pod alone. @default - every pod of the identity */
  readonly pod?: string;
  readonly annotations?: Readonly<Record<string, string>>;
  /** The networks that a load balancer lets in. @default - any */
  readonly sourceRanges?: readonly string[];
  /** Keep to the machine that a connection came in on, which also keeps the client's address. @default false */
  readonly local?: boolean;
}

/** One port of a Service; it leads to the same port of the container. */
export interface ServicePort extends Port {
  readonly nodePort?: number | undefined;
}

/** Makes a Service. A headless one also publishes pods that are not ready, since a quorum forms before its members are. */
export function createService(scope: Construct, id: string, props: ServiceProps): k8s.KubeService {
  const { identity, type = 'ClusterIP' } = props;
  const headless = type === 'Headless';
  const external = type === 'LoadBalancer' || type === 'NodePort';
  return new k8s.KubeService(scope, id, {
    metadata: objectMetadata(identity, props.name, namespaceOf(identity.environment), props.annotations),
    spec: {
      type: headless ? 'ClusterIP' : type,
      ...(headless ? { clusterIp: 'None', publishNotReadyAddresses: true } : {}),
      ...(external && props.local === true ? { externalTrafficPolicy: 'Local' } : {}),
      ...(type === 'LoadBalancer' && (props.sourceRanges ?? []).length > 0
        ? { loadBalancerSourceRanges: [...(props.sourceRanges ?? [])] }
        : {}),
      selector:
        props.pod === undefined
          ? selectorLabels(identity)
          : { ...selectorLabels(identity), 'statefulset.kubernetes.io/pod-name': props.pod },
      ports: props.ports.map(({ name, port, nodePort }) => ({
        name,
        port,
        targetPort: k8s.IntOrString.fromNumber(port),
        ...(nodePort === undefined ? {} : { nodePort }),
      })),
    },
  });
}

/** Makes a ServiceAccount whose token no pod gets. */
export function createServiceAccount(scope: Construct, id: string, identity: Identity, name: string): string {
  new k8s.KubeServiceAccount(scope, id, {
    metadata: objectMetadata(identity, name, namespaceOf(identity.environment)),
    automountServiceAccountToken: false,
  });
  return name;
}
