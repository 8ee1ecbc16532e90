import { beforeEach, describe, expect, it } from '@jest/globals';
import { downOnKubernetes, fail, type KubernetesObject, surveyKubernetes, upOnKubernetes } from '../../../lib/lifecycle';
import { type MemoryKubernetes, memoryKubernetes } from '../../support/kubernetes/memory-kubernetes';
import { onKubernetes } from '../../support/kubernetes/small-environment';

const { environment, stack } = onKubernetes();
const ingress: KubernetesObject = { apiVersion: 'networking.k8s.io/v1', kind: 'Ingress', metadata: { name: 'shop', namespace: 'orders' } };

describe('the namespace that an environment made', () => {
  let twin: MemoryKubernetes;
  let lines: string[];
  const down = () =>
    downOnKubernetes(twin, stack, environment, { force: false, volumes: true, occasion: 'noon' }, (line) => lines.push(line));

  beforeEach(async () => {
    twin = memoryKubernetes();
    lines = [];
    const survey = await surveyKubernetes(twin.cluster, stack);
    await upOnKubernetes(twin, stack, survey, { takeOver: false, timeoutSeconds: 30, leaving: [], occasion: '' }, () => {});
    for (const kind of ['networking.k8s.io/v1/Ingress', 'v1/Binding', 'v1/Endpoints', 'shop.example.com/v1/Basket'])
      twin.kinds.set(kind, true);
  });

  it.each([
    ingress,
    { apiVersion: 'shop.example.com/v1', kind: 'Basket', metadata: { name: 'full', namespace: 'orders' } },
    { apiVersion: 'batch/v1', kind: 'CronJob', metadata: { name: 'nightly', namespace: 'orders' } },
    { apiVersion: 'v1', kind: 'ServiceAccount', metadata: { name: 'robot', namespace: 'orders' } },
    { apiVersion: 'v1', kind: 'Secret', metadata: { name: 'robot', namespace: 'orders' } },
  ])('stays with $kind $metadata.name of somebody else in it', async (foreign) => {
    twin.put(foreign);
    await down();
    expect(lines.at(-1)).toBe(`the namespace orders stays: ${foreign.kind} ${foreign.metadata.name} is not of orders`);
    expect(twin.get('Namespace', 'orders')).toBeDefined();
    expect(twin.get(foreign.kind, foreign.metadata.name)).toBeDefined();
  });

  it('goes with what Kubernetes puts into each, and with what belongs to something else', async () => {
    twin.put({ apiVersion: 'v1', kind: 'ServiceAccount', metadata: { name: 'default', namespace: 'orders' } });
    twin.put({ apiVersion: 'v1', kind: 'ConfigMap', metadata: { name: 'kube-root-ca.crt', namespace: 'orders' } });
    twin.put({ apiVersion: 'v1', kind: 'Endpoints', metadata: { name: 'kafka', namespace: 'orders' } });
    const ownerReferences = [{ apiVersion: 'v1', kind: 'Service', name: 'kafka', uid: 'uid-1' }];
    twin.put({ ...ingress, metadata: { ...ingress.metadata, ...{ ownerReferences } } });
    await down();
    expect(lines.at(-1)).toBe('the namespace orders is removed');
    expect(twin.get('Namespace', 'orders')).toBeUndefined();
  });

  it('stays where not all of it could be looked at', async () => {
    const { list } = twin.cluster;
    twin.cluster.list = (namespace, kinds, labels) =>
      kinds.some(({ kind }) => kind === 'Ingress')
        ? fail('kubernetes/forbidden', 'listing objects: no leave')
        : list(namespace, kinds, labels);
    await down();
    expect(lines.at(-1)).toBe('the namespace orders stays, since not all of it could be looked at: listing objects: no leave');
    expect(twin.get('Namespace', 'orders')).toBeDefined();
  });
});
