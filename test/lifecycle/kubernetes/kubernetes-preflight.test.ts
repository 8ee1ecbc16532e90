import { describe, expect, it } from '@jest/globals';
import {
  applicable,
  fail,
  type KubernetesObject,
  type KubernetesStack,
  kubernetesProblems,
  surveyKubernetes,
} from '../../../lib/lifecycle';
import type { Environment } from '../../../lib/model';
import { type MemoryKubernetes, memoryKubernetes } from '../../support/kubernetes/memory-kubernetes';
import { onKubernetes, smallEnvironment } from '../../support/kubernetes/small-environment';
import { securedListeners } from '../../support/runtime/environment';

const small = onKubernetes();
const secured = onKubernetes({
  ...smallEnvironment,
  companions: {},
  listeners: [...securedListeners],
  serviceAccounts: { admin: { authentication: 'scram-sha-512' } },
  authorization: 'acl',
});

async function problems(
  twin: MemoryKubernetes,
  { stack, environment }: { readonly stack: KubernetesStack; readonly environment: Environment } = small,
): Promise<readonly string[]> {
  return kubernetesProblems(stack, environment, await surveyKubernetes(twin.cluster, stack)).map(
    ({ code, message }) => `${code}: ${message}`,
  );
}

const namespace = (labels: Readonly<Record<string, string>> = {}): KubernetesObject => ({
  apiVersion: 'v1',
  kind: 'Namespace',
  metadata: { name: 'orders', labels },
});
const ours = { 'app.kubernetes.io/managed-by': 'kafkon', 'kafkon.dev/environment': 'orders' };

describe('the checks before up', () => {
  it('find nothing wrong with an empty cluster that has what is needed', async () => {
    expect(await problems(memoryKubernetes())).toEqual([]);
  });

  it('refuse a cluster whose StatefulSets begin at 0', async () => {
    const twin = memoryKubernetes();
    twin.minor = 26;
    expect(await problems(twin)).toEqual([expect.stringContaining('the cluster is v1.26.0; Kubernetes 1.28 or later is needed')]);
  });

  it('name the kinds that the cluster does not know, and what to do', async () => {
    const twin = memoryKubernetes();
    for (const kind of ['monitoring.coreos.com/v1/PodMonitor', 'admissionregistration.k8s.io/v1/ValidatingAdmissionPolicy'])
      twin.kinds.delete(kind);
    expect(await problems(twin)).toEqual([
      expect.stringMatching(/ValidatingAdmissionPolicy; Kubernetes has it from 1.30 on; set platform.kubernetes.scaleInPolicy: false/),
      expect.stringMatching(/PodMonitor; install the Prometheus operator, or set monitoring: \{ enabled: false \}/),
    ]);
  });

  it('refuse a StorageClass that is not there, and none at all', async () => {
    const twin = memoryKubernetes();
    const platform = (storageClass: string) => onKubernetes({ ...smallEnvironment, platform: { kubernetes: { storageClass } } });
    expect(await problems(twin, platform('fast'))).toEqual([expect.stringContaining('there is no StorageClass fast; there is standard')]);
    expect(await problems(twin, platform('standard'))).toEqual([]);
    twin.put({ apiVersion: 'storage.k8s.io/v1', kind: 'StorageClass', metadata: { name: 'standard' } });
    expect(await problems(twin)).toEqual([expect.stringContaining('no StorageClass is the default one')]);
  });

  it('take a namespace that is empty or ours, and no other', async () => {
    const twin = memoryKubernetes();
    twin.put(namespace());
    expect(await problems(twin)).toEqual([]);
    twin.put(namespace({ 'kafkon.dev/environment': 'shop' }));
    expect(await problems(twin)).toEqual([expect.stringContaining('the namespace orders is there already and is of "shop"')]);
    twin.put(namespace());
    twin.put({
      apiVersion: 'apps/v1',
      kind: 'Deployment',
      metadata: { name: 'web', namespace: 'orders' },
      spec: { replicas: 0, selector: {}, template: {} },
    });
    expect(await problems(twin)).toEqual([expect.stringContaining('holds Deployment web, which kafkon did not make')]);
  });

  it('ask for a namespace that the environment does not make', async () => {
    const shared = onKubernetes({ ...smallEnvironment, platform: { kubernetes: { createNamespace: false } } });
    expect(await problems(memoryKubernetes(), shared)).toEqual([expect.stringContaining('there is no namespace orders')]);
  });

  it('take a namespace that the caller may not look at to be there', async () => {
    const twin = memoryKubernetes();
    const { find } = twin.cluster;
    const cluster: typeof twin.cluster = {
      ...twin.cluster,
      find: async (reference) => (reference.kind === 'Namespace' ? fail('kubernetes/forbidden', 'no leave') : find(reference)),
    };
    const shared = onKubernetes({ ...smallEnvironment, platform: { kubernetes: { createNamespace: false } } });
    expect(await problems({ ...twin, cluster }, shared)).toEqual([]);
  });

  it('never take an object of somebody else', async () => {
    const twin = memoryKubernetes();
    twin.put(namespace(ours));
    twin.put({ apiVersion: 'v1', kind: 'Service', metadata: { name: 'kafka', namespace: 'orders' } });
    twin.put({ apiVersion: 'v1', kind: 'ServiceAccount', metadata: { name: 'kafka', namespace: 'orders', labels: ours } });
    expect(await problems(twin)).toEqual([expect.stringContaining('Service kafka is there already, not made by kafkon')]);
  });

  it('name every Secret and key that is missing, but for those that cert-manager makes', async () => {
    const twin = memoryKubernetes();
    twin.put(namespace(ours));
    expect(await problems(twin, secured)).toEqual([
      expect.stringContaining('there is no Secret kafka-secrets with admin-password, keystore-password in the namespace orders'),
    ]);
    twin.put({
      apiVersion: 'v1',
      kind: 'Secret',
      metadata: { name: 'kafka-secrets', namespace: 'orders' },
      data: { 'admin-password': '' },
    } as never);
    expect(await problems(twin, secured)).toEqual([expect.stringContaining('there is no keystore-password in the Secret kafka-secrets')]);
  });
});

describe('a cluster without cert-manager', () => {
  it('takes an environment whose certificates somebody else has made', async () => {
    const twin = memoryKubernetes();
    twin.put(namespace(ours));
    for (const kind of ['Issuer', 'Certificate']) twin.kinds.delete(`cert-manager.io/v1/${kind}`);
    expect((await problems(twin, secured)).join()).toContain(
      'knows no cert-manager.io/v1/Certificate; install cert-manager, or make the Secrets',
    );
    const data = { 'ca.crt': '', 'tls.crt': '', 'tls.key': '', 'keystore.p12': '', 'truststore.p12': '' };
    const put = (name: string, values: object) =>
      twin.put({ apiVersion: 'v1', kind: 'Secret', metadata: { name, namespace: 'orders' }, data: values } as never);
    put('kafka-secrets', { 'admin-password': '', 'keystore-password': '' });
    for (const name of ['kafka-broker-cert', 'kafka-convergence-cert', 'zookeeper-cert']) put(name, data);
    expect(await problems(twin, secured)).toEqual([]);
    const left = applicable(secured.stack, await surveyKubernetes(twin.cluster, secured.stack));
    expect(left.objects.some(({ apiVersion }) => apiVersion.startsWith('cert-manager.io/'))).toBe(false);
    expect(left.objects.length).toBeGreaterThan(10);
  });
});
