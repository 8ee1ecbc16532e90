import { describe, expect, it } from '@jest/globals';
import { KafkaChart } from '../../lib/kubernetes';
import type { EnvironmentInput } from '../../lib/model';
import { app, at, environmentOf, items, type Manifest, named, ofKind, production, synth } from './manifests';

function manifestsOf(input: EnvironmentInput): readonly Manifest[] {
  return synth(new KafkaChart(app(), 'orders', { environment: environmentOf(input) }));
}

const manifests = manifestsOf(production);
const pods = ofKind(manifests, 'StatefulSet').map((set) => at(set, 'spec', 'template', 'spec'));
const containers = pods.flatMap((pod) => [...items(pod, 'containers'), ...items(pod, 'initContainers')]);

describe('the chart of a production environment', () => {
  it('makes a namespace that refuses unrestricted pods', () => {
    const namespace = named(manifests, 'Namespace', 'orders');
    expect(namespace.metadata.labels).toMatchObject({
      'pod-security.kubernetes.io/enforce': 'restricted',
      'pod-security.kubernetes.io/audit': 'restricted',
      'pod-security.kubernetes.io/warn': 'restricted',
    });
    expect(namespace.metadata.namespace).toBeUndefined();
  });

  it('leaves the namespace to others when told so', () => {
    const kubernetes = { ...production.platform?.kubernetes, createNamespace: false, namespace: 'shared' };
    const others = manifestsOf({ ...production, platform: { kubernetes } });
    expect(ofKind(others, 'Namespace')).toEqual([]);
    expect(new Set(others.map((manifest) => manifest.metadata.namespace))).toEqual(new Set(['shared']));
  });

  it('puts everything else into the namespace, but what can be in none', () => {
    const outside = /^(Namespace|ValidatingAdmissionPolicy(Binding)?)$/;
    const elsewhere = manifests.filter(({ kind, metadata }) => !outside.test(kind) && metadata.namespace !== 'orders');
    expect(elsewhere).toEqual([]);
  });

  it('labels everything and turns tags into annotations, whose values may be any text', () => {
    for (const { metadata } of manifests) {
      expect(metadata.labels).toMatchObject({ 'app.kubernetes.io/managed-by': 'kafkon', 'kafkon.dev/environment': 'Orders' });
      expect(metadata.annotations).toMatchObject({ 'tags.kafkon.dev/team': 'payments', 'tags.kafkon.dev/cost-centre': '42 / EU west' });
    }
  });

  it('gives no pod a token of the API', () => {
    const accounts = ofKind(manifests, 'ServiceAccount');
    expect(accounts.map((account) => account.metadata.name)).toEqual(expect.arrayContaining(['kafka', 'zookeeper']));
    expect(accounts.every((account) => account.automountServiceAccountToken === false)).toBe(true);
    expect(pods.map((pod) => at(pod, 'automountServiceAccountToken'))).toEqual([false, false]);
  });

  it('holds no secret, only references', () => {
    expect(ofKind(manifests, 'Secret')).toEqual([]);
    expect(JSON.stringify(manifests)).toContain('/etc/kafkon-secrets');
  });

  it('has one StatefulSet a pool and ensemble, named by the stems', () => {
    expect(ofKind(manifests, 'StatefulSet').map((set) => set.metadata.name)).toEqual(['zookeeper', 'kafka']);
    expect(at(named(manifests, 'StatefulSet', 'zookeeper'), 'spec', 'ordinals')).toEqual({ start: 1 });
  });

  it('evicts one pod of a quorum at a time, and a broken one always', () => {
    for (const name of ['zookeeper', 'kafka']) {
      expect(named(manifests, 'PodDisruptionBudget', name).spec).toMatchObject({
        maxUnavailable: 1,
        unhealthyPodEvictionPolicy: 'AlwaysAllow',
      });
    }
  });
});

describe('what a pod must not inherit', () => {
  it('lets no default of the high-level library through', () => {
    for (const pod of pods) {
      expect(at(pod, 'securityContext')).toMatchObject({ runAsUser: 1000, fsGroupChangePolicy: 'OnRootMismatch' });
      expect(at(pod, 'terminationGracePeriodSeconds')).toBeDefined();
      expect(at(pod, 'hostNetwork')).toBeUndefined();
    }
    for (const container of containers) {
      expect(at(container, 'imagePullPolicy')).toBe('IfNotPresent');
      expect(at(container, 'resources', 'limits', 'memory')).not.toBe('2Gi');
      expect(at(container, 'resources', 'limits', 'memory')).toBe(at(container, 'resources', 'requests', 'memory'));
      expect(at(container, 'startupProbe', 'tcpSocket')).toBeUndefined();
    }
    const text = JSON.stringify(manifests);
    expect(text).not.toMatch(/OrderedReady|25000|26000|1500m|cdk8s\.io/);
  });

  it('starts each container with probes for start, readiness and life', () => {
    for (const container of pods.flatMap((pod) => items(pod, 'containers'))) {
      for (const probe of ['startupProbe', 'readinessProbe', 'livenessProbe']) expect(at(container, probe)).toBeDefined();
      expect(JSON.stringify(container)).not.toMatch(/kafka-(topics|broker-api-versions)|\bjava\b -/);
    }
  });

  it('leaves a broker the time to hand over its partitions', () => {
    const kafka = at(named(manifests, 'StatefulSet', 'kafka'), 'spec', 'template', 'spec');
    expect(Number(at(kafka, 'terminationGracePeriodSeconds'))).toBeGreaterThanOrEqual(120);
  });
});

describe('certificates', () => {
  const broker = named(manifests, 'Certificate', 'kafka-broker-cert').spec;

  it('answer to every address that any listener advertises, and inside to those of nodes to come', () => {
    expect(at(broker, 'dnsNames')).toEqual([
      '*.kafka-headless.orders.svc.cluster.local',
      'kafka',
      'kafka-0.example.com',
      'kafka-0.kafka-headless.orders.svc.cluster.local',
      'kafka-1.example.com',
      'kafka-1.kafka-headless.orders.svc.cluster.local',
      'kafka-2.example.com',
      'kafka-2.kafka-headless.orders.svc.cluster.local',
      'kafka-external.orders.svc.cluster.local',
      'kafka.example.com',
      'kafka.orders',
      'kafka.orders.svc',
      'kafka.orders.svc.cluster.local',
    ]);
  });

  it('bear the principal of the brokers and come as PKCS#12 under the password of the stores', () => {
    expect(broker).toMatchObject({
      commonName: 'orders-broker',
      keystores: { pkcs12: { create: true, passwordSecretRef: { name: 'kafka-secrets', key: 'keystore-password' } } },
      privateKey: { encoding: 'PKCS8' },
      usages: expect.arrayContaining(['server auth', 'client auth']),
    });
  });

  it('state their lives in hours, since Go knows no days', () => {
    expect(broker).toMatchObject({ duration: '8760h', renewBefore: '720h' });
    for (const certificate of ofKind(manifests, 'Certificate')) {
      expect(at(certificate, 'spec', 'duration')).toMatch(/^\d+h$/);
    }
  });

  it('come from a CA of the environment, one for brokers and ZooKeeper', () => {
    expect(ofKind(manifests, 'Issuer').map((issuer) => issuer.metadata.name)).toEqual(['kafka-selfsigned', 'kafka-ca']);
    const issuers = ['kafka-broker-cert', 'zookeeper-cert'].map((name) => at(named(manifests, 'Certificate', name), 'spec', 'issuerRef'));
    expect(issuers).toEqual([
      { name: 'kafka-ca', kind: 'Issuer' },
      { name: 'kafka-ca', kind: 'Issuer' },
    ]);
  });

  it('come from the issuer of the platform where one is given', () => {
    const certificates = { issuer: { name: 'company', kind: 'ClusterIssuer' as const }, brokerName: 'brokers-tls' };
    const given = manifestsOf({ ...production, platform: { kubernetes: { ...production.platform?.kubernetes, certificates } } });
    expect(ofKind(given, 'Issuer')).toEqual([]);
    expect(at(named(given, 'Certificate', 'brokers-tls'), 'spec', 'issuerRef')).toEqual({ name: 'company', kind: 'ClusterIssuer' });
    expect(JSON.stringify(named(given, 'StatefulSet', 'kafka'))).toContain('"name":"brokers-tls"');
  });
});

describe('Services', () => {
  it('publish pods that are not ready for those that form a quorum, and hide them from clients', () => {
    for (const name of ['kafka-headless', 'zookeeper-headless']) {
      expect(named(manifests, 'Service', name).spec).toMatchObject({ clusterIP: 'None', publishNotReadyAddresses: true });
    }
    for (const name of ['kafka', 'zookeeper'])
      expect(at(named(manifests, 'Service', name).spec, 'publishNotReadyAddresses')).toBeUndefined();
  });

  it('offer clients inside the internal listeners and not the one among brokers', () => {
    expect(items(named(manifests, 'Service', 'kafka').spec, 'ports').map((port) => at(port, 'port'))).toEqual([9092]);
    const headless = items(named(manifests, 'Service', 'kafka-headless').spec, 'ports').map((port) => at(port, 'port'));
    expect(headless).toEqual(expect.arrayContaining([9091, 9092, 9094]));
  });

  it('lead clients outside to each broker on its own machine', () => {
    const spec = named(manifests, 'Service', 'kafka-external-2').spec;
    expect(spec).toMatchObject({
      type: 'LoadBalancer',
      externalTrafficPolicy: 'Local',
      loadBalancerSourceRanges: ['10.0.0.0/8'],
      selector: { 'statefulset.kubernetes.io/pod-name': 'kafka-2' },
    });
    // The policies let clients in by their own addresses, so the first contact must keep them too.
    expect(named(manifests, 'Service', 'kafka-external').spec).toMatchObject({ externalTrafficPolicy: 'Local' });
  });

  it('open a node port for each broker, counted from its id', () => {
    const listeners = {
      EXTERNAL: { service: 'NodePort' as const, brokerHost: 'node-{id}.example.com', nodePortBase: 31000, bootstrapNodePort: 30999 },
    };
    const made = manifestsOf({ ...production, platform: { kubernetes: { listeners } } });
    expect(items(named(made, 'Service', 'kafka-external-2').spec, 'ports')).toEqual([
      { name: 'external', port: 9094, targetPort: 9094, nodePort: 31002 },
    ]);
    expect(at(named(made, 'Service', 'kafka-external').spec, 'ports', 0, 'nodePort')).toBe(30999);
    expect(named(made, 'ConfigMap', 'kafka-config').data['kafka-2.server.properties']).toContain('EXTERNAL://node-2.example.com:31002');
  });

  it('write the id of the broker into annotations', () => {
    const annotations = { 'dns/hostname': 'kafka-{id}.example.com', 'lb/scheme': 'internal' };
    const listeners = { EXTERNAL: { brokerHost: 'kafka-{id}.example.com', annotations } };
    const made = manifestsOf({ ...production, platform: { kubernetes: { listeners } } });
    expect(named(made, 'Service', 'kafka-external-1').metadata.annotations).toMatchObject({
      'dns/hostname': 'kafka-1.example.com',
      'lb/scheme': 'internal',
    });
    expect(named(made, 'Service', 'kafka-external').metadata.annotations).not.toHaveProperty('dns/hostname');
  });
});
