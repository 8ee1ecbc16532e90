import { describe, expect, it } from '@jest/globals';
import { rolesOf } from '../../lib/kubernetes/edges';
import { objectLabels } from '../../lib/kubernetes/labels';
import { networkPolicySpecs } from '../../lib/kubernetes/network-policy-spec';
import { type EnvironmentInput, parseEnvironment } from '../../lib/model';
import { openConnections } from '../support/network/matrix';
import type { Outside, Pod, Policy } from '../support/network/reachability';

const size = { memory: '4Gi', disks: [{ name: 'data', size: '100Gi' }] };
const ensemble = { ids: [1, 2, 3], ...size };

function environmentOf(input: Partial<EnvironmentInput>) {
  const { environment, problems } = parseEnvironment({
    name: 'orders',
    kind: 'staging',
    kafka: { version: '3.9.2' },
    metadata: { mode: 'zookeeper', ensemble },
    nodePools: [{ name: 'brokers', ids: [0, 1, 2], ...size }],
    listeners: [{ name: 'INTERNAL', port: 9092, security: 'plaintext' }],
    monitoring: { enabled: false },
    ...input,
  });
  if (environment === undefined) throw new Error(JSON.stringify(problems));
  return environment;
}

/** Two pods of each kind, with the labels that workloads give them, and whoever else might call. */
function openIn(input: Partial<EnvironmentInput>, extraRoles: readonly string[][] = []): readonly string[] {
  const environment = environmentOf(input);
  const pod = (name: string, namespace: string, labels: Pod['labels'] = {}): Pod => ({ name, namespace, labels, ip: '10.244.0.7' });
  const ours = rolesOf(environment).map((role) => {
    const node = role === 'broker' || role === 'controller';
    return pod(role, 'orders', objectLabels({ environment, component: node ? 'kafka' : role, roles: node ? [role] : [] }));
  });
  const combined = extraRoles.map((roles) =>
    pod(roles.join('+'), 'orders', objectLabels({ environment, component: 'kafka', roles: roles as ('broker' | 'controller')[] })),
  );
  const twins = ours.map((each) => ({ ...each, name: `other ${each.name}` }));
  const others: (Pod | Outside)[] = [
    pod('app', 'orders'),
    pod('partner', 'partners'),
    pod('prometheus', 'monitoring'),
    pod('stranger', 'elsewhere'),
    pod('dns', 'kube-system'),
    { name: 'office', ip: '192.0.2.10' },
    { name: 'internet', ip: '203.0.113.9' },
  ];
  const policies = networkPolicySpecs(environment).map(
    ({ name, spec }): Policy =>
      JSON.parse(JSON.stringify({ kind: 'NetworkPolicy', metadata: { name, namespace: 'orders' }, spec }), (key, value) =>
        // The classes of cdk8s hold a number in a wrapper.
        key === 'port' && typeof value === 'object' ? value.value : value,
      ),
  );
  const ports = [53, 443, 2181, 2182, 2888, 3888, 6379, 7071, 7072, 8000, 8080, 8081, 8083, 9091, 9092, 9093, 9094, 9101, 9999];
  const knocks = [...ports.map((port) => ({ port, protocol: 'TCP' as const })), { port: 53, protocol: 'UDP' as const }];
  const fenced = new Set([...ours, ...twins, ...combined].map((each) => each.name));
  return (
    openConnections(policies, [...ours, ...twins, ...combined, ...others], knocks)
      .filter((line) => {
        const [from = '', to = ''] = line.split(' -> ');
        return fenced.has(from) || fenced.has(to.slice(0, to.lastIndexOf(':')));
      })
      // A twin stands for its like: what it does differently from the first shows as a line of its own.
      .filter((line) => !line.startsWith('other ') || !line.includes('-> other '))
      .filter((line) => !line.includes(':53'))
  );
}

/** `from -> a:1, b:2` once for the first of each kind and once for its twin. */
function lines(...rows: readonly string[]): readonly string[] {
  return rows
    .flatMap((row) => {
      const [from = '', targets = ''] = row.split(' -> ');
      return targets.split(', ').flatMap((target) => {
        const like = target.startsWith(`${from}:`);
        const ours = /^(broker|controller|zookeeper|schema-registry|kafka-ui|redis|connect|lag-exporter|convergence|mirror-maker)$/.test(
          from,
        );
        const outside = /^(office|internet):/.test(target);
        return [
          ...(like ? [] : [`${from} -> ${target}`]),
          ...(outside ? [] : [`${from} -> other ${target}`]),
          ...(ours ? [`other ${from} -> ${target}`] : []),
        ];
      });
    })
    .sort();
}

describe('the policies of a plain cluster on ZooKeeper', () => {
  it('let brokers, ZooKeeper and clients of the namespace do their work, and nothing else', () => {
    expect(openIn({})).toEqual(
      lines(
        'app -> broker:9092',
        'broker -> broker:9092',
        'broker -> zookeeper:2181',
        'convergence -> broker:9092',
        'zookeeper -> zookeeper:2888, zookeeper:3888',
      ),
    );
  });

  it('let Prometheus scrape where the cluster is watched, and JMX tools in where a port is given', () => {
    const watched = openIn({ monitoring: { jmxPort: 9101 }, companions: { lagExporter: {} } });
    expect(watched.filter((line) => line.startsWith('prometheus'))).toEqual(
      lines('prometheus -> broker:7071, broker:9101, zookeeper:7071, zookeeper:9101, lag-exporter:8000'),
    );
  });
});

describe('the policies of a secured cluster with companions', () => {
  const secured: Partial<EnvironmentInput> = {
    metadata: { mode: 'zookeeper', security: 'mtls', ensemble },
    listeners: [
      { name: 'INTERNAL', port: 9092, security: 'scram' },
      { name: 'EXTERNAL', port: 9094, security: 'scram', scope: 'external', allowFrom: ['192.0.2.0/24'] },
    ],
    serviceAccounts: { 'schema-registry': {}, 'kafka-ui': {} },
    companions: { schemaRegistry: {}, kafkaUi: {}, redis: {} },
    platform: {
      kubernetes: {
        clientNamespaces: ['partners'],
        listeners: { EXTERNAL: { brokerHost: 'kafka-{id}.example.com', bootstrapHost: 'kafka.example.com' } },
      },
    },
  };

  it('allow exactly the edges of the model', () => {
    expect(openIn(secured)).toEqual(
      lines(
        'app -> broker:9092, schema-registry:8081, kafka-ui:8080, redis:6379',
        'partner -> broker:9092, schema-registry:8081, kafka-ui:8080, redis:6379',
        'office -> broker:9094',
        'broker -> broker:9091',
        'broker -> zookeeper:2182',
        'schema-registry -> broker:9092',
        'schema-registry -> schema-registry:8081',
        'kafka-ui -> broker:9092',
        'kafka-ui -> schema-registry:8081',
        'convergence -> broker:9091',
        'convergence -> schema-registry:8081',
        'zookeeper -> zookeeper:2888, zookeeper:3888',
      ),
    );
  });

  it('take the allow-lists of the environment where a listener names no networks', () => {
    const listeners: EnvironmentInput['listeners'] = [
      { name: 'INTERNAL', port: 9092, security: 'scram' },
      { name: 'EXTERNAL', port: 9094, security: 'scram', scope: 'external' },
    ];
    const at = (ipAllowlists: Record<string, string[]>) =>
      openIn({ ...secured, listeners, security: { ipAllowlists } }).filter((line) => line.endsWith(':9094') && !line.includes('other'));
    expect(at({ admin: ['192.0.2.10'], apps: ['198.51.100.0/24'] })).toEqual(['office -> broker:9094']);
    expect(at({ relaxed: ['0.0.0.0/0'] })).toContain('internet -> broker:9094');
    expect(at({})).toContain('internet -> broker:9094');
  });
});

describe('the policies of a KRaft cluster', () => {
  const kraft: Partial<EnvironmentInput> = {
    clusterId: 'MkU3OEVBNTcwNTJENDM2Qg',
    kafka: { version: '4.3.1' },
    metadata: { mode: 'kraft' },
    nodePools: [
      { name: 'controllers', roles: ['controller'], ids: [100, 101, 102], ...size },
      { name: 'brokers', ids: [0, 1, 2], ...size },
    ],
  };

  it('let brokers call controllers and never the other way round', () => {
    expect(openIn(kraft)).toEqual(
      lines(
        'app -> broker:9092',
        'broker -> broker:9092',
        'broker -> controller:9093',
        'controller -> controller:9093',
        'convergence -> broker:9092',
      ),
    );
  });

  it('let a combined node do what both may', () => {
    const open = openIn(kraft, [['broker', 'controller']]);
    expect(open).toContain('broker+controller -> controller:9093');
    expect(open).toContain('app -> broker+controller:9092');
    expect(open).not.toContain('app -> broker+controller:9093');
  });
});

describe('the policies beside the cluster', () => {
  it('let MirrorMaker reach the ports of the remote cluster, wherever it is', () => {
    const remote = { alias: 'backup', bootstrapServers: ['kafka.example.com:9999'] };
    const open = openIn({ companions: { mirrorMaker: { remote } } }).filter((line) => line.startsWith('mirror-maker'));
    expect(open).toContain('mirror-maker -> internet:9999');
    expect(open).not.toContain('mirror-maker -> internet:443');
  });

  it('say why each connection is there', () => {
    const broker = networkPolicySpecs(environmentOf({})).find(({ name }) => name === 'kafka-broker');
    expect(broker?.description.split('\n')).toContain('in, convergence, TCP 9092: the convergence administers Kafka');
  });
});
