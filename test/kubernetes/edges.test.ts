import { join } from 'node:path';
import { describe, expect, it } from '@jest/globals';
import { parse } from 'yaml';
import { environmentLoader, nodeFileSystem } from '../../lib/environment';
import { manifestsOf } from '../../lib/kubernetes';
import { allowedNetworks } from '../../lib/kubernetes/allowed-networks';
import { convergenceListener, edgesOf } from '../../lib/kubernetes/edges';
import type { Environment, EnvironmentInput } from '../../lib/model';
import { type Outside, type Pod, type Policy, reaches } from '../support/network/reachability';
import { at, environmentOf, production } from './manifests';

const loader = environmentLoader(nodeFileSystem(join(__dirname, '..', '..')));
const ids = loader
  .discover()
  .environments.filter(({ abstract }) => !abstract)
  .map(({ id }) => id)
  // Pods of an operator are fenced by the operator.
  .filter((id) => loader.load(id).environment?.platform.kubernetes.flavor === 'plain');

interface Fenced {
  readonly environment: Environment;
  readonly pods: readonly Pod[];
  readonly policies: readonly Policy[];
  /** A port that any container of the environment opens. */
  readonly ports: readonly number[];
}

/** The pods as their workloads make them and the policies as they are written. */
function fenced(id: string): Fenced {
  const { environment } = loader.load(id);
  if (environment === undefined) throw new Error(`${id} has errors`);
  const objects = [...manifestsOf(environment).values()].map((text): unknown => parse(text));
  const pods = objects.flatMap((object): Pod[] => {
    const labels = at(object, 'spec', 'template', 'metadata', 'labels') as Pod['labels'] | undefined;
    const name = String(at(object, 'metadata', 'name'));
    return labels === undefined ? [] : [{ name, namespace: String(at(object, 'metadata', 'namespace')), labels, ip: '10.244.0.7' }];
  });
  const ports = objects.flatMap((object) => {
    const opened = at(object, 'spec', 'template', 'spec', 'containers', 0, 'ports');
    return Array.isArray(opened) ? opened.map((port) => Number(at(port, 'containerPort'))) : [];
  });
  return {
    environment,
    pods,
    policies: objects.filter((object): object is Policy => at(object, 'kind') === 'NetworkPolicy'),
    ports: [...new Set(ports)],
  };
}

const is = (component: string) => (pod: Pod) => pod.labels['app.kubernetes.io/name'] === component;
const internet: Outside = { name: 'internet', ip: '203.0.113.9' };

describe.each(ids)('the pods of %s', (id) => {
  const { environment, pods, policies, ports } = fenced(id);
  const stranger: Pod = { name: 'stranger', namespace: 'elsewhere', labels: {}, ip: '10.244.9.9' };
  const open = (from: Pod | Outside, to: Pod) => ports.filter((port) => reaches(policies, from, to, port));

  it('are all fenced, and each can look up names', () => {
    const dns: Pod = { name: 'dns', namespace: 'kube-system', labels: {}, ip: '10.244.9.53' };
    for (const pod of pods) {
      expect([pod.name, open(stranger, pod).filter((port) => !externalPorts(environment).includes(port))]).toEqual([pod.name, []]);
      expect([pod.name, reaches(policies, pod, dns, 53, 'UDP')]).toEqual([pod.name, true]);
      expect([pod.name, reaches(policies, pod, internet, 443)]).toEqual([pod.name, false]);
    }
  });

  it('are reached from outside at the external listeners alone', () => {
    const reached = pods.flatMap((pod) => open(internet, pod));
    expect(reached.filter((port) => !externalPorts(environment).includes(port))).toEqual([]);
  });

  it('keep ZooKeeper and the controllers to the nodes of Kafka', () => {
    const nodes = pods.filter(is('kafka'));
    const metadata = pods.filter((pod) => is('zookeeper')(pod) || (pod.labels['kafkon.dev/broker'] === undefined && is('kafka')(pod)));
    const metrics = [environment.monitoring.metricsPort, environment.monitoring.jmxPort];
    for (const pod of pods.filter((each) => !nodes.includes(each) && !metadata.includes(each)))
      for (const target of metadata) expect(open(pod, target).filter((port) => !metrics.includes(port))).toEqual([]);
  });

  it('let brokers reach their metadata and each other', () => {
    const brokers = pods.filter(({ labels }) => labels['kafkon.dev/broker'] === 'true');
    const between = environment.listeners.find(({ name }) => name === environment.interBrokerListener)?.port ?? 0;
    for (const from of brokers) for (const to of brokers) expect(reaches(policies, from, to, between)).toBe(true);
    const { metadata } = environment;
    const keeper =
      metadata.mode === 'kraft'
        ? metadata.port
        : metadata.security === 'mtls'
          ? metadata.ensemble.ports.secureClient
          : metadata.ensemble.ports.client;
    const keepers = pods.filter((pod) =>
      metadata.mode === 'kraft' ? pod.labels['kafkon.dev/controller'] === 'true' : is('zookeeper')(pod),
    );
    expect(keepers.length).toBeGreaterThan(0);
    for (const from of brokers) for (const to of keepers) expect(reaches(policies, from, to, keeper)).toBe(true);
  });

  it('let the convergence reach every broker', () => {
    const port = convergenceListener(environment)?.port ?? 0;
    const [job] = pods.filter(is('convergence'));
    if (job === undefined) throw new Error('there is no convergence');
    for (const broker of pods.filter(({ labels }) => labels['kafkon.dev/broker'] === 'true'))
      expect(reaches(policies, job, broker, port)).toBe(true);
  });
});

function externalPorts({ listeners }: Environment): readonly number[] {
  return listeners.filter(({ scope }) => scope === 'external').map(({ port }) => port);
}

describe('edgesOf', () => {
  it('says why each connection is needed', () => {
    expect(edgesOf(environmentOf(production)).filter(({ why }) => why === '')).toEqual([]);
  });
});

describe('allowedNetworks', () => {
  const networks = (allowFrom: string[], ipAllowlists: Record<string, string[]> = {}) =>
    allowedNetworks({ security: { ...environmentOf(production).security, ipAllowlists } }, { allowFrom });

  it('are those of the listener before those of the environment', () => {
    expect(networks(['10.0.0.0/8'], { all: ['192.0.2.0/24'] })).toEqual(['10.0.0.0/8']);
    expect(networks([], { a: ['192.0.2.0/24'], b: ['198.51.100.7', '2001:db8::1'] })).toEqual([
      '192.0.2.0/24',
      '198.51.100.7/32',
      '2001:db8::1/128',
    ]);
  });

  it('are all where nothing is said, or everything is allowed', () => {
    expect(networks([])).toEqual(['0.0.0.0/0', '::/0']);
    expect(networks(['10.0.0.0/8', '0.0.0.0/0'])).toEqual(['0.0.0.0/0', '::/0']);
  });
});

describe('convergenceListener', () => {
  const named = (changes: Partial<EnvironmentInput>) => convergenceListener(environmentOf({ ...production, ...changes }))?.name;

  it('is the one among brokers where it uses mutual TLS', () => {
    expect(named({})).toBe('REPLICATION');
  });

  it('is an internal one with mutual TLS where brokers use SCRAM', () => {
    const [internal, external] = production.listeners;
    if (internal === undefined || external === undefined) throw new Error('listeners are missing');
    expect(named({ interBrokerListener: 'INTERNAL' })).toBe('INTERNAL');
    expect(
      named({ interBrokerListener: 'INTERNAL', listeners: [internal, external, { name: 'ADMIN', port: 9095, security: 'mtls' }] }),
    ).toBe('ADMIN');
  });
});
