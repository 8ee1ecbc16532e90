import { brokersOf, type Environment } from '../environment';
import type { KubernetesListener } from '../platform-kubernetes';
import type { Finding, Rule } from './rule';
import { isSerious, nearestRemedy, quotedList } from './words';

/** What Kubernetes must be told before a client outside can be given an address. */
function missing(settings: Partial<KubernetesListener>, brokers: number): string | undefined {
  const { service = 'LoadBalancer', brokerHost, nodePortBase } = settings;
  if (brokerHost === undefined)
    return `brokerHost is missing; add one, such as ${brokers > 1 ? 'kafka-{id}.example.com' : 'kafka.example.com'}`;
  if (service === 'NodePort') {
    return nodePortBase === undefined ? 'nodePortBase is missing; add one from 30000 to 32767' : undefined;
  }
  return brokers > 1 && !brokerHost.includes('{id}')
    ? `brokerHost "${brokerHost}" is the same for ${brokers} brokers; put {id} into it`
    : undefined;
}

function checkKubernetes(environment: Environment): Finding[] {
  const severity = isSerious(environment) ? 'error' : 'warning';
  const { listeners } = environment.platform.kubernetes;
  return environment.listeners
    .filter(({ scope }) => scope === 'external')
    .flatMap(({ name }) => {
      const what = missing(listeners[name] ?? {}, brokersOf(environment).length);
      if (what === undefined) return [];
      const message = `clients outside of Kubernetes cannot reach the external listener "${name}": ${what}`;
      return [{ path: ['platform', 'kubernetes', 'listeners', name], severity, message }];
    });
}

function checkNodePorts(environment: Environment): Finding[] {
  const ids = brokersOf(environment).map(({ id }) => id);
  const taken = new Map<number, string>();
  return Object.entries(environment.platform.kubernetes.listeners).flatMap(([name, { nodePortBase, bootstrapNodePort }]) => {
    const path = ['platform', 'kubernetes', 'listeners', name];
    const wanted = [
      ...(nodePortBase === undefined
        ? []
        : ids.map((id) => ({ port: nodePortBase + id, what: `broker ${id} of "${name}"`, field: 'nodePortBase' }))),
      ...(bootstrapNodePort === undefined
        ? []
        : [{ port: bootstrapNodePort, what: `the bootstrap service of "${name}"`, field: 'bootstrapNodePort' }]),
    ];
    return wanted.flatMap(({ port, what, field }) => {
      const owner = taken.get(port);
      taken.set(port, owner ?? what);
      if (owner !== undefined)
        return [{ path: [...path, field], message: `node port ${port} of ${what} is that of ${owner} too; choose another` }];
      return port > 32767 ? [{ path: [...path, field], message: `node port ${port} of ${what} is above 32767; lower ${field}` }] : [];
    });
  });
}

export const reachabilityRules: readonly Rule[] = [
  {
    code: 'listener/unreachable-kubernetes',
    severity: 'error',
    platform: 'kubernetes',
    reason:
      'A broker gives its clients an address, which must be known when the manifest is made; a warning in development and testing, which may live on Docker alone.',
    reads: ['listeners.*.scope', 'listeners.*.name', 'nodePools.*.ids.**'],
    check: checkKubernetes,
  },
  {
    code: 'listener/node-port-clash',
    severity: 'error',
    platform: 'kubernetes',
    reason: 'Node ports are shared by the whole Kubernetes cluster and end at 32767.',
    reads: ['nodePools.*.ids.**'],
    check: checkNodePorts,
  },
  {
    code: 'listener/unknown-on-platform',
    severity: 'error',
    reason: 'What a platform says of a listener needs the listener.',
    reads: ['listeners.*.name'],
    check: ({ listeners, platform }) => {
      const names = listeners.map(({ name }) => name);
      return (['kubernetes', 'docker'] as const).flatMap((one) =>
        Object.keys(platform[one].listeners)
          .filter((name) => !names.includes(name))
          .map((name) => ({
            path: ['platform', one, 'listeners', name],
            message: `no listener is named "${name}"; ${nearestRemedy(name, names, `the listeners are ${quotedList(names)}`)}`,
          })),
      );
    },
  },
];
