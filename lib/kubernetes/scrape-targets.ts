import { type Environment, isStrimzi } from '../model';
import type { ScrapeComponent } from '../runtime';
import { companionPorts } from './edges';
import type { k8s } from './k8s';
import { roleLabels } from './network-policy-spec';

/** The pods of one kind that Prometheus scrapes. */
export interface ScrapeTarget {
  /** The value of the label `kafka_component`. */
  readonly component: ScrapeComponent;
  readonly selector: k8s.LabelSelector;
}

/** Every kind of pod with metrics, each pod in exactly one: a combined node counts as a broker. */
export function scrapeTargets(environment: Environment): readonly ScrapeTarget[] {
  const { nodes, metadata } = environment;
  const all = (role: 'broker' | 'zookeeper' | 'lag-exporter'): ScrapeTarget => ({
    component: role,
    selector: { matchLabels: roleLabels(environment, role) },
  });
  const controllersAlone: ScrapeTarget = {
    component: 'controller',
    selector: {
      matchLabels: roleLabels(environment, 'controller'),
      matchExpressions: isStrimzi(environment)
        ? [{ key: 'strimzi.io/broker-role', operator: 'NotIn', values: ['true'] }]
        : [{ key: 'kafkon.dev/broker', operator: 'DoesNotExist' }],
    },
  };
  return [
    ...(nodes.some(({ broker }) => broker) ? [all('broker')] : []),
    ...(nodes.some(({ broker, controller }) => controller && !broker) ? [controllersAlone] : []),
    ...(metadata.mode === 'zookeeper' ? [all('zookeeper')] : []),
    ...(companionPorts(environment).has('lag-exporter') ? [all('lag-exporter')] : []),
  ];
}
