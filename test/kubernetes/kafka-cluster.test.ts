import { describe, expect, it } from '@jest/globals';
import type { Chart } from 'cdk8s';
import { Construct } from 'constructs';
import { KafkaChart, KafkaCluster, type KafkaClusterProps, ZookeeperEnsemble, type ZookeeperEnsembleProps } from '../../lib/kubernetes';
import type { EnvironmentInput } from '../../lib/model';
import { app, at, chart, environmentOf, errorsOf, items, type Manifest, named, ofKind, production, synth } from './manifests';

const disks = [{ name: 'data', size: '100Gi' }];
const ensemble: ZookeeperEnsembleProps = { name: 'orders', kind: 'production', ids: [1, 2, 3], memory: '4Gi', disks };
const brokers = { name: 'brokers', ids: [0, 1, 2], memory: '16Gi', disks };
const plain: Omit<KafkaClusterProps, 'metadata'> = {
  name: 'orders',
  kind: 'production',
  kafka: { version: '3.9.2' },
  nodePools: [brokers],
  listeners: [{ name: 'INTERNAL', port: 9092, security: 'plaintext' }],
};
const secured: Partial<KafkaClusterProps> = { authorization: 'acl', listeners: [{ name: 'INTERNAL', port: 9092, security: 'scram' }] };
const kraft: KafkaClusterProps = {
  ...plain,
  clusterId: 'abcdefghijklmnopqrstuv',
  kafka: { version: '4.3.1' },
  metadata: { mode: 'kraft' },
  nodePools: [brokers, { name: 'controllers', roles: ['controller'], ids: [100, 101, 102], memory: '2Gi', disks }],
};

function withZookeeper(target: Construct, props: Partial<KafkaClusterProps> = {}): KafkaCluster {
  const zookeeper = new ZookeeperEnsemble(target, 'Zookeeper', ensemble);
  return new KafkaCluster(target, 'Kafka', { ...plain, metadata: zookeeper, ...props });
}

function made(props: Partial<KafkaClusterProps>): readonly Manifest[] {
  const target = chart();
  withZookeeper(target, props);
  return synth(target);
}

function kraftManifests(props: Partial<KafkaClusterProps> = {}): readonly Manifest[] {
  const target = chart();
  new KafkaCluster(target, 'Kafka', { ...kraft, ...props });
  return synth(target);
}

describe('a cluster in a chart of somebody else', () => {
  it('goes to the namespace of the chart', () => {
    const target = chart({ namespace: 'team-a' });
    withZookeeper(target);
    const manifests = synth(target);
    expect(new Set(manifests.map((manifest) => manifest.metadata.namespace))).toEqual(new Set(['team-a']));
    expect(named(manifests, 'ConfigMap', 'kafka-config').data['kafka-0.server.properties']).toContain('kafka-0.kafka-headless.team-a.svc');
  });

  it('finds its ensemble in another namespace and under another name', () => {
    const target = chart();
    const kubernetes = { namespace: 'quorum', names: { zookeeper: 'zk' } };
    const zookeeper = new ZookeeperEnsemble(target, 'Zookeeper', { ...ensemble, platform: { kubernetes } });
    new KafkaCluster(target, 'Kafka', { ...plain, metadata: zookeeper });
    expect(named(synth(target), 'ConfigMap', 'kafka-config').data['kafka-0.server.properties']).toContain(
      'zookeeper.connect=zk-1.zk-headless.quorum.svc.cluster.local:2181,',
    );
  });

  it('makes what the chart of the whole environment makes', () => {
    const input: EnvironmentInput = { ...plain, metadata: { mode: 'zookeeper', ensemble: { ids: [1, 2, 3], memory: '4Gi', disks } } };
    const whole = synth(new KafkaChart(app(), 'orders', { environment: environmentOf(input) }));
    const alone = made({});
    for (const kind of ['StatefulSet', 'ConfigMap', 'Service', 'PodDisruptionBudget']) {
      for (const manifest of ofKind(alone, kind)) expect(whole).toContainEqual(manifest);
    }
    expect(ofKind(alone, 'StatefulSet')).toHaveLength(2);
  });

  it('keeps every name when it moves in the tree', () => {
    const deep = chart();
    withZookeeper(new Construct(new Construct(deep, 'platform'), 'kafka'));
    expect(synth(deep)).toEqual(made({}));
  });
});

describe('pools', () => {
  const more = made({
    nodePools: [
      { name: 'extra', zone: 'eu-1b', ids: [10, 11], memory: '16Gi', disks },
      { ...brokers, zone: 'eu-1a' },
    ],
  });
  const before = made({ nodePools: [{ ...brokers, zone: 'eu-1a' }] });

  it('leave each other’s names, claims and addresses alone, wherever a new one is written', () => {
    const [first, second] = [before, more].map((manifests) => named(manifests, 'StatefulSet', 'kafka'));
    expect(second).toEqual(first);
    const [oldConfig, newConfig] = [before, more].map((manifests) => named(manifests, 'ConfigMap', 'kafka-config').data);
    expect(newConfig).toEqual(oldConfig);
  });

  it('bear the name of the pool unless it is the one called brokers', () => {
    expect(ofKind(more, 'StatefulSet').map((set) => set.metadata.name)).toEqual(['zookeeper', 'kafka-extra', 'kafka']);
    expect(at(named(more, 'StatefulSet', 'kafka-extra'), 'spec', 'ordinals')).toEqual({ start: 10 });
    expect(named(more, 'ConfigMap', 'kafka-extra-config').data).toHaveProperty(['kafka-extra-10.server.properties']);
  });

  it('stay in their zones', () => {
    const zones = ['kafka-extra', 'kafka'].map((name) =>
      at(
        named(more, 'StatefulSet', name),
        ...['spec', 'template', 'spec', 'affinity', 'nodeAffinity', 'requiredDuringSchedulingIgnoredDuringExecution'],
        ...['nodeSelectorTerms', 0, 'matchExpressions', 0, 'values', 0],
      ),
    );
    expect(zones).toEqual(['eu-1b', 'eu-1a']);
  });

  it('may share machines where losing one does not matter', () => {
    const development = made({ kind: 'development' });
    const affinity = at(named(development, 'StatefulSet', 'kafka'), 'spec', 'template', 'spec', 'affinity', 'podAntiAffinity');
    expect(Object.keys(affinity as object)).toEqual(['preferredDuringSchedulingIgnoredDuringExecution']);
  });

  it('scale without restarting the nodes they have', () => {
    const hash = (manifests: readonly Manifest[]) =>
      at(named(manifests, 'StatefulSet', 'kafka'), 'spec', 'template', 'metadata', 'annotations', 'kafkon.dev/content-hash');
    expect(hash(made({ nodePools: [{ ...brokers, ids: [0, 1, 2, 3] }] }))).toBe(hash(made({})));
    expect(hash(made({ kafka: { version: '3.9.2', config: { 'num.io.threads': 16 } } }))).not.toBe(hash(made({})));
  });
});

describe('KRaft', () => {
  it('has budgets for brokers and controllers that cover no pod twice', () => {
    const budgets = ofKind(kraftManifests(), 'PodDisruptionBudget');
    expect(budgets.map((budget) => at(budget.spec, 'selector', 'matchLabels'))).toEqual([
      { 'app.kubernetes.io/name': 'kafka', 'app.kubernetes.io/instance': 'orders', 'kafkon.dev/broker': 'true' },
      { 'app.kubernetes.io/name': 'kafka', 'app.kubernetes.io/instance': 'orders', 'kafkon.dev/controller': 'true' },
    ]);
  });

  it('has one budget where a node is both broker and controller', () => {
    const combined = kraftManifests({ nodePools: [{ ...brokers, roles: ['broker', 'controller'] }] });
    const [budget, ...others] = ofKind(combined, 'PodDisruptionBudget');
    expect(others).toEqual([]);
    expect(at(budget?.spec, 'selector', 'matchLabels')).toEqual({
      'app.kubernetes.io/name': 'kafka',
      'app.kubernetes.io/instance': 'orders',
    });
  });

  it('spreads nodes that are both by one constraint, for Kubernetes takes no second one with the same label', () => {
    const combined = kraftManifests({ nodePools: [{ ...brokers, roles: ['broker', 'controller'] }] });
    const constraints = items(named(combined, 'StatefulSet', 'kafka').spec, 'template', 'spec', 'topologySpreadConstraints');
    expect(constraints).toEqual([
      {
        maxSkew: 1,
        topologyKey: 'topology.kubernetes.io/zone',
        whenUnsatisfiable: 'ScheduleAnyway',
        labelSelector: { matchLabels: { 'app.kubernetes.io/name': 'kafka', 'app.kubernetes.io/instance': 'orders' } },
      },
    ]);
  });

  it('sends no client to a controller', () => {
    const manifests = kraftManifests();
    expect(at(named(manifests, 'Service', 'kafka').spec, 'selector')).toMatchObject({ 'kafkon.dev/broker': 'true' });
    const labels = at(named(manifests, 'StatefulSet', 'kafka-controllers'), 'spec', 'template', 'metadata', 'labels');
    expect(labels).not.toHaveProperty(['kafkon.dev/broker']);
  });
});

describe('additions', () => {
  function adding(add: (cluster: KafkaCluster, owner: Construct) => void): { target: Chart; cluster: KafkaCluster } {
    const target = chart();
    const cluster = withZookeeper(target, secured);
    add(cluster, new Construct(target, 'Topics'));
    return { target, cluster };
  }

  it('change no object of the cluster', () => {
    const without = adding(() => {});
    const { target, cluster } = adding((to, owner) => to.add(owner, { topics: { orders: { partitions: 12 } } }));
    expect(synth(target)).toEqual(synth(without.target));
    expect(cluster.environment?.topics).toMatchObject([{ name: 'orders', partitions: 12, replicationFactor: 3, protected: false }]);
  });

  it('become protected by a pattern that another construct declared', () => {
    const { cluster } = adding((to, owner) => {
      to.add(owner, { topics: { orders: {}, other: {} } });
      to.add(owner, { protectedTopics: ['ord*'] });
    });
    expect(cluster.environment?.topics.map((topic) => topic.protected)).toEqual([true, false]);
  });

  it('report what is wrong with them at the construct that made them', () => {
    const { target } = adding((to, owner) => to.add(owner, { topics: { orders: { replicationFactor: 5 }, bad: { partitions: 0 } } }));
    const errors = errorsOf(target);
    expect(errors).toEqual([expect.stringMatching(/^\[chart\/Topics\] topics\.bad\.partitions: .*\(schema\//)]);
    const { target: other } = adding((to, owner) => to.add(owner, { topics: { orders: { replicationFactor: 5 } } }));
    expect(errorsOf(other)).toEqual([expect.stringMatching(/^\[chart\/Topics\] topics\.orders\.replicationFactor: /)]);
  });

  it('count the elements of a list from the construct’s own', () => {
    const { target } = adding((to, owner) => {
      to.add(owner, {
        access: [{ intent: 'producer', principal: 'a', topics: ['t'] }],
        topics: { t: {} },
        serviceAccounts: { a: {} },
      });
      to.add(new Construct(owner, 'More'), { access: [{ intent: 'producer', principal: 'nobody', topics: ['t'] }] });
    });
    expect(errorsOf(target).filter((error) => error.includes('access'))).toEqual([
      expect.stringMatching(/^\[chart\/Topics\/More\] access\[0\]/),
    ]);
  });

  it('may not declare a name twice', () => {
    const { target } = adding((to, owner) => {
      to.add(owner, { topics: { orders: {} } });
      to.add(new Construct(owner, 'Again'), { topics: { orders: {} } });
    });
    expect(errorsOf(target)).toEqual([
      '[chart/Topics/Again] topics.orders: is declared by chart/Topics already; declare it once (construct/declared-twice)',
    ]);
  });
});

describe('problems with properties', () => {
  it('are all reported at synthesis, each with the path of its construct, and nothing is made', () => {
    const target = chart();
    const zookeeper = new ZookeeperEnsemble(target, 'Zookeeper', { ...ensemble, ids: [1, 2, 300], memory: 'much' });
    const cluster = new KafkaCluster(target, 'Kafka', { ...plain, name: 'no good', metadata: zookeeper, listeners: [] });
    expect(cluster.environment).toBeUndefined();
    expect(errorsOf(target)).toEqual([
      expect.stringMatching(/^\[chart\/Zookeeper\] ids\[2\]: /),
      expect.stringMatching(/^\[chart\/Zookeeper\] memory: "much" is no size/),
      expect.stringMatching(/^\[chart\/Kafka\] name: "no good" is no environment name/),
      expect.stringMatching(/^\[chart\/Kafka\] listeners: /),
    ]);
    expect(target.apiObjects).toEqual([]);
  });

  it('include those that rules find', () => {
    const target = chart();
    withZookeeper(target, { nodePools: [{ ...brokers, heap: '15Gi' }] });
    expect(errorsOf(target)).toEqual([expect.stringMatching(/^\[chart\/Kafka\] nodePools\[0\]/)]);
  });

  it('of an ensemble that rules find are told once, by the ensemble', () => {
    const target = chart();
    const zookeeper = new ZookeeperEnsemble(target, 'Zookeeper', { ...ensemble, heap: '4Gi' });
    new KafkaCluster(target, 'Kafka', { ...plain, metadata: zookeeper });
    expect(errorsOf(target)).toEqual([expect.stringMatching(/^\[chart\/Zookeeper\] heap/)]);
  });

  it('of production are none', () => {
    expect(
      items(named(synth(new KafkaChart(app(), 'x', { environment: environmentOf(production) })), 'Service', 'kafka').spec, 'ports'),
    ).toHaveLength(1);
  });
});
