import { describe, expect, it } from '@jest/globals';
import { parse } from 'yaml';
import { manifestsOf } from '../../lib/kubernetes';
import type { Environment } from '../../lib/model';
import { concreteIds, environmentOf as environmentAt } from '../environments/environments';
import { type Intent, intentOf } from '../support/network/intent';
import { enters, leaves, type Outside, type Pod, type Policy, reaches } from '../support/network/reachability';
import { at, environmentOf, items, production } from './manifests';

type End = Pod | Outside;

interface Matrix {
  readonly ours: readonly Pod[];
  readonly others: readonly End[];
  readonly policies: readonly Policy[];
  readonly ports: readonly number[];
  readonly intent: Intent;
}

/** The pod inside a workload of any kind. */
function podOf(object: unknown): unknown {
  return at(object, 'spec', 'jobTemplate', 'spec', 'template') ?? at(object, 'spec', 'template');
}

/** An address in a network and the first one after it. */
function around(network: string): readonly string[] {
  const [base = '', bits = '32'] = network.split('/');
  if (base.includes(':')) return [base];
  const number = base.split('.').reduce((sum, part) => sum * 256 + Number(part), 0);
  const size = 2 ** (32 - Number(bits));
  const first = Math.floor(number / size) * size;
  const text = (value: number) => [24, 16, 8, 0].map((shift) => Math.floor(value / 2 ** shift) % 256).join('.');
  return [text(first + Math.min(1, size - 1)), ...(first + size < 2 ** 32 ? [text(first + size)] : [])];
}

/** Two pods of every workload, as their workloads label them, and everybody else who might call or be called. */
function matrixOf(environment: Environment): Matrix {
  const objects = [...manifestsOf(environment).values()].map((text): unknown => parse(text));
  const workloads = objects.filter((object) => at(podOf(object), 'spec', 'containers') !== undefined);
  const namespace = String(at(workloads[0], 'metadata', 'namespace'));
  const pod = (name: string, where: string, ip: string, labels: Pod['labels'] = {}): Pod => ({ name, namespace: where, labels, ip });
  const ours = workloads.flatMap((object, index) => {
    const labels = at(podOf(object), 'metadata', 'labels') as Pod['labels'];
    const name = String(at(object, 'metadata', 'name'));
    return [0, 1].map((twin) => pod(`${name}-${twin}`, namespace, `10.244.${index}.${twin + 1}`, labels));
  });
  const { clientNamespaces, monitoringNamespace } = environment.platform.kubernetes;
  const given = [
    ...environment.listeners.flatMap(({ allowFrom }) => allowFrom),
    ...Object.values(environment.security.ipAllowlists).flat(),
  ];
  const others: End[] = [
    pod('stranger-beside', namespace, '10.244.200.1'),
    pod('stranger-elsewhere', 'elsewhere', '10.244.200.2'),
    // Somebody who bears our labels in a namespace of their own.
    ...ours
      .slice(0, 1)
      .map(({ labels }) =>
        pod(
          'impostor',
          'elsewhere',
          '10.244.200.3',
          labels['app.kubernetes.io/name'] === undefined ? {} : { 'app.kubernetes.io/name': labels['app.kubernetes.io/name'] },
        ),
      ),
    pod('prometheus', monitoringNamespace, '10.244.200.4'),
    pod('dns', 'kube-system', '10.244.200.5'),
    ...clientNamespaces.map((each, index) => pod(`client-${each}`, each, `10.244.201.${index}`)),
    { name: 'node-local-dns', ip: '169.254.20.10' },
    { name: 'internet', ip: '203.0.113.9' },
    pod('registry', 'tools', '10.244.202.1'),
    { name: 'registry-outside', ip: '198.51.100.20' },
    { name: 'registry-outside-6', ip: '2001:db8::20' },
    ...[...new Set(given.flatMap(around))].map((ip) => ({ name: ip, ip })),
  ];
  const opened = workloads.flatMap((object) =>
    items(podOf(object), 'spec', 'containers', 0, 'ports').map((port) => Number(at(port, 'containerPort'))),
  );
  return {
    ours,
    others,
    policies: objects.filter((object): object is Policy => at(object, 'kind') === 'NetworkPolicy'),
    ports: [...new Set([...opened, 22, 53, 80, 443, 8085, 9092, 9093])].sort((a, b) => a - b),
    intent: intentOf(environment),
  };
}

/** Every connection from one end to another that one answer allows and the other one does not. */
function differences({ ours, others, policies, ports, intent }: Matrix): readonly string[] {
  const all: readonly End[] = [...ours, ...others];
  const wrong: string[] = [];
  for (const from of all)
    for (const to of all) {
      if (from === to || (others.includes(from) && others.includes(to))) continue;
      for (const port of ports) {
        const [out, into] = [leaves(policies, from, to, port), enters(policies, from, to, port)];
        const line = (what: string, is: boolean) => `${from.name} -> ${to.name}:${port} ${what}: ${is ? 'open' : 'closed'}`;
        if (out !== intent.leaves(from, to, port)) wrong.push(line('leaving', out));
        if (into !== intent.enters(from, to, port)) wrong.push(line('entering', into));
      }
    }
  return wrong;
}

const everything = environmentOf({
  ...production,
  companions: {
    schemaRegistry: {},
    connect: {},
    kafkaUi: {},
    ksqldb: {},
    restProxy: {},
    redis: {},
    lagExporter: {},
    mirrorMaker: { remote: { alias: 'backup', bootstrapServers: ['kafka.example.com:9999', 'kafka.example.org:9998'] } },
  },
  serviceAccounts: Object.fromEntries(
    ['schema-registry', 'connect', 'kafka-ui', 'ksqldb', 'rest-proxy', 'lag-exporter', 'mirror-maker'].map((name) => [name, {}]),
  ),
  monitoring: { jmxPort: 9101 },
  platform: {
    kubernetes: {
      clientNamespaces: ['partners'],
      listeners: { EXTERNAL: { bootstrapHost: 'kafka.example.com', brokerHost: 'kafka-{id}.example.com' } },
    },
  },
});

describe('the policies let connect whom the environment means to, in either direction, and nobody else', () => {
  it.each(concreteIds().filter((id) => environmentAt(id).platform.kubernetes.flavor === 'plain'))('in %s', (id) => {
    const matrix = matrixOf(environmentAt(id));
    expect(matrix.ours.length).toBeGreaterThan(2);
    expect(differences(matrix)).toEqual([]);
  });

  it('in an environment with every companion, a JMX port and namespaces of clients', () => {
    expect(differences(matrixOf(everything))).toEqual([]);
  });
});

describe('the policies of the convergence and the backup, whose services are named by their address', () => {
  const named = (schemaRegistry: string, connect: string) =>
    environmentOf({
      ...production,
      companions: { schemaRegistry: {}, connect: {} },
      serviceAccounts: { 'schema-registry': {}, connect: {} },
      backup: { metadata: {} },
      convergence: { schemaRegistry: { url: schemaRegistry }, connect: { url: connect } },
    });
  const places = [
    'http://registry:8085',
    'http://registry.tools.svc:8085',
    'http://registry.tools.svc.cluster.local:8085/apis/ccompat/v7',
    'https://registry.example.com',
    'http://registry.example.com',
    'http://198.51.100.20:8085',
    'http://[2001:db8::20]:8085',
  ];

  it.each(places)('let them out to %s, and no longer to the companion', (url) => {
    expect(differences(matrixOf(named(url, 'http://workers:8083')))).toEqual([]);
    expect(differences(matrixOf(named('http://registry:8081', url)))).toEqual([]);
  });

  it('open a way to a registry outside that was shut', () => {
    const { ours, others, policies } = matrixOf(named('http://198.51.100.20:8085', 'http://workers:8083'));
    const outside = others.find(({ name }) => name === 'registry-outside');
    const [job] = ours.filter(({ labels }) => labels['app.kubernetes.io/name'] === 'convergence');
    if (outside === undefined || job === undefined) throw new Error('the ends are missing');
    expect([8085, 8081, 443].map((port) => reaches(policies, job, outside, port))).toEqual([true, false, false]);
  });
});

describe('the comparison', () => {
  it('looks at thousands of connections, open and closed ones', () => {
    const { ours, others, policies, ports } = matrixOf(everything);
    const answers = ours.flatMap((to) => [...ours, ...others].flatMap((from) => ports.map((port) => reaches(policies, from, to, port))));
    expect(answers.length).toBeGreaterThan(10_000);
    expect(answers.filter((open) => open).length).toBeGreaterThan(100);
  });

  it('finds a policy that is missing, one that is too wide and one that is too narrow', () => {
    const matrix = matrixOf(everything);
    const without = matrix.policies.filter(({ metadata }) => metadata.name !== 'kafka-default-deny' && metadata.name !== 'kafka-zookeeper');
    expect(differences({ ...matrix, policies: without })).not.toEqual([]);
    const wide: Policy = {
      kind: 'NetworkPolicy',
      metadata: { name: 'wide', namespace: 'orders' },
      spec: { podSelector: {}, policyTypes: ['Ingress'], ingress: [{ ports: [{ port: 7072 }] }] },
    };
    expect(differences({ ...matrix, policies: [...matrix.policies, wide] })).not.toEqual([]);
    const narrow = matrix.policies.map((policy) => ({
      ...policy,
      spec: { ...policy.spec, ingress: (policy.spec.ingress ?? []).slice(1) },
    }));
    expect(differences({ ...matrix, policies: narrow })).not.toEqual([]);
  });
});
