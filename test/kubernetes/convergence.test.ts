import { describe, expect, it } from '@jest/globals';
import { Convergence, KafkaChart, KafkaCluster, manifestsOf, TopicSet } from '../../lib/kubernetes';
import { desiredParts, desiredState } from '../../lib/kubernetes/desired-state';
import type { EnvironmentInput } from '../../lib/model';
import { app, at, chart, environmentOf, items, type Manifest, ofKind, production, synth } from './manifests';

const secured: EnvironmentInput = {
  ...production,
  listeners: [...production.listeners, { name: 'CERTIFICATES', port: 9095, security: 'mtls' }],
  serviceAccounts: { shop: {}, audit: { authentication: 'mtls' } },
};

function manifests(input: EnvironmentInput = secured): readonly Manifest[] {
  return synth(new KafkaChart(app(), 'orders', { environment: environmentOf(input) }));
}

function jobOf(all: readonly Manifest[]): Manifest {
  const [job] = ofKind(all, 'Job');
  if (job === undefined) throw new Error('there is no Job');
  return job;
}

const command = (job: Manifest) => items(at(job.spec, 'template', 'spec', 'containers', 0), 'command');
const changed = (before: ReadonlyMap<string, string>, after: ReadonlyMap<string, string>) =>
  [...new Set([...before.keys(), ...after.keys()])].filter((name) => before.get(name) !== after.get(name)).sort();

describe('Convergence', () => {
  it('changes nothing but the desired state and its Job when a topic is added', () => {
    const before = manifestsOf(environmentOf(secured));
    const after = manifestsOf(environmentOf({ ...secured, topics: { orders: {} } }));
    expect(changed(before, after)).toEqual([
      '0300-configmap-kafka-desired.yaml',
      expect.stringMatching(/^1000-job-kafka-converge-[0-9a-f]{10}\.yaml$/),
      expect.stringMatching(/^1000-job-kafka-converge-[0-9a-f]{10}\.yaml$/),
      'kustomization.yaml',
    ]);
  });

  it('names the Job anew for another image, and alike for the same state', () => {
    const name = (input: EnvironmentInput) => jobOf(manifests(input)).metadata.name;
    const kubernetes = { ...secured.platform?.kubernetes, toolsImage: { tag: '9.9.9' } };
    expect(name({ ...secured, platform: { kubernetes } })).not.toBe(name(secured));
    expect(name({ ...secured })).toBe(name(secured));
  });

  it('reads what is registered until the synthesis, wherever it stands', () => {
    const target = new KafkaChart(app(), 'orders', { environment: environmentOf(secured) });
    const before = synth(target);
    new TopicSet(target, 'Late', { cluster: target.cluster, topics: { late: {} } });
    const after = synth(target);
    expect(jobOf(after).metadata.name).not.toBe(jobOf(before).metadata.name);
    const desired = after.find(({ metadata }) => metadata.name === 'kafka-desired')?.data['environment.json'] ?? '';
    expect(at(JSON.parse(desired), 'topics', 0, 'name')).toBe('late');
  });

  it('reaches the brokers by the listener where its certificate is worth something', () => {
    const words = command(jobOf(manifests()));
    expect(words.slice(0, 4)).toEqual(['kafkon', 'apply', '--desired', '/etc/kafkon/desired/environment.json']);
    expect(words[words.indexOf('--listener') + 1]).toBe('REPLICATION');
    expect(String(words[words.indexOf('--bootstrap-server') + 1]).split(',')[0]).toBe(
      'kafka-0.kafka-headless.orders.svc.cluster.local:9091',
    );
  });

  it('is given its certificate and the passwords of SCRAM users as files, and no secret in clear', () => {
    const volumes = items(jobOf(manifests()).spec, 'template', 'spec', 'volumes');
    const secrets = volumes.flatMap((volume) => items(volume, 'projected', 'sources').map((source) => at(source, 'secret', 'name')));
    expect(secrets).toEqual(expect.arrayContaining(['kafka-convergence-cert', 'kafka-secrets']));
    const keys = volumes.flatMap((volume) => items(volume, 'projected', 'sources', 0, 'secret', 'items').map((item) => at(item, 'key')));
    expect(keys).toContain('shop-password');
    expect(keys).not.toContain('audit-password');
  });

  it('is given the addresses of the services that stand beside the brokers, and what connectors keep secret', () => {
    const job = jobOf(
      manifests({
        ...secured,
        serviceAccounts: { ...secured.serviceAccounts, 'schema-registry': {}, connect: {} },
        companions: { schemaRegistry: {}, connect: {} },
        connectors: { archive: { class: 'io.example.ArchiveSink', secrets: { 'archive.password': 'archive-password' } } },
      }),
    );
    const words = command(job);
    expect(words[words.indexOf('--schema-registry') + 1]).toBe('http://schema-registry.orders.svc.cluster.local:8081');
    expect(words[words.indexOf('--connect') + 1]).toBe('http://connect.orders.svc.cluster.local:8083');
    const volumes = items(job.spec, 'template', 'spec', 'volumes');
    const keys = volumes.flatMap((volume) => items(volume, 'projected', 'sources', 0, 'secret', 'items').map((item) => at(item, 'key')));
    expect(keys).toContain('archive-password');
    expect(command(jobOf(manifests()))).not.toContain('--connect');
  });

  it('runs to its end once, as the restricted standard wants it, and is cleared away', () => {
    const { spec } = jobOf(manifests());
    expect(spec).toMatchObject({ backoffLimit: 12, ttlSecondsAfterFinished: 604_800 });
    expect(at(spec, 'template', 'spec')).toMatchObject({
      restartPolicy: 'Never',
      automountServiceAccountToken: false,
      securityContext: { runAsNonRoot: true, runAsUser: 1000 },
    });
  });

  it('needs neither certificate nor passwords on a plain cluster', () => {
    const plain = manifests({
      name: 'orders',
      kind: 'development',
      kafka: { version: '3.9.2' },
      metadata: { mode: 'zookeeper', ensemble: { ids: [1], memory: '1Gi', disks: [{ name: 'data', size: '10Gi' }] } },
      nodePools: [{ name: 'brokers', ids: [0, 1, 2], memory: '2Gi', disks: [{ name: 'data', size: '10Gi' }] }],
      listeners: [{ name: 'INTERNAL', port: 9092, security: 'plaintext' }],
    });
    const words = command(jobOf(plain));
    expect(words).not.toContain('--certificate-dir');
    expect(words).not.toContain('--secrets-dir');
  });

  describe('of thousands of topics', () => {
    const topics = Object.fromEntries(Array.from({ length: 6000 }, (_, index) => [`topic-${index}`, { description: 'one of many' }]));

    it('keeps the desired state in several ConfigMaps, none above a mebibyte, and joins them in order', () => {
      const all = manifests({ ...secured, topics });
      const parts = ofKind(all, 'ConfigMap').filter(({ metadata }) => metadata.name.startsWith('kafka-desired'));
      expect(parts.length).toBeGreaterThan(1);
      for (const { data } of parts) expect(Buffer.byteLength(JSON.stringify(data))).toBeLessThan(2 ** 20);
      const joined = parts.map(({ data }) => Object.values(data).join('')).join('');
      expect(joined).toBe(desiredState(environmentOf({ ...secured, topics })));
      const words = command(jobOf(all));
      expect(words.filter((word) => word === '--desired')).toHaveLength(parts.length);
      expect(words).toContain('/etc/kafkon/desired/environment.json.001');
    });

    it('fails when they come after the construct, which has made room for fewer', () => {
      const target = new KafkaChart(app(), 'orders', { environment: environmentOf(secured) });
      new TopicSet(target, 'Late', { cluster: target.cluster, topics });
      expect(() => synth(target)).toThrow(/\[orders\/Convergence\] the desired state outgrew .* declare the Convergence last/);
    });
  });

  it('makes nothing and says nothing on a cluster that has problems of its own', () => {
    const target = chart();
    const cluster = new KafkaCluster(target, 'Kafka', {
      name: 'not a name',
      kind: 'staging',
      kafka: { version: '4.3.1' },
      metadata: { mode: 'kraft' },
      nodePools: [],
      listeners: [],
    });
    expect(new Convergence(target, 'Convergence', { cluster }).jobName).toBeUndefined();
    expect(() => synth(target)).toThrow(/\[chart\/Kafka\]/);
  });
});

describe('the desired state', () => {
  it('is the same text whatever the order in which it was written', () => {
    const shuffled = Object.fromEntries(Object.entries(secured).reverse()) as EnvironmentInput;
    expect(desiredState(environmentOf(shuffled))).toBe(desiredState(environmentOf(secured)));
  });

  it('is cut into files that fit, which joined are the whole', () => {
    const state = desiredState(environmentOf(secured));
    const parts = desiredParts(state, 1000);
    expect(parts.length).toBeGreaterThan(1);
    expect(parts.map(({ content }) => content).join('')).toBe(state);
    expect(Math.max(...parts.map(({ content }) => Buffer.byteLength(content)))).toBeLessThanOrEqual(1000);
    expect(parts.slice(0, 2).map(({ file }) => file)).toEqual(['environment.json.000', 'environment.json.001']);
  });

  it('is one file as long as it fits', () => {
    expect(desiredParts('{}\n')).toEqual([{ suffix: '', file: 'environment.json', content: '{}\n' }]);
  });
});
