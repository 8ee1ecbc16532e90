import { expect, it } from '@jest/globals';
import type { KubernetesCluster, KubernetesObject } from '../../../lib/lifecycle';

/** A cluster to try the contract on. */
export interface ContractStage {
  readonly cluster: KubernetesCluster;
  /** Is there, and nobody else uses it. */
  readonly namespace: string;
  /** Applies in the name of somebody else, and takes over. */
  applyAs(manager: string, object: KubernetesObject): Promise<void> | void;
  /** An image whose command `sleep 600` runs until it is stopped. */
  readonly image: string;
}

const configMap = { apiVersion: 'v1', kind: 'ConfigMap' } as const;
const pods = { apiVersion: 'v1', kind: 'Pod' } as const;
const patience = 60_000;

/** What the life cycle relies on, of a real cluster and of the one in memory alike. */
export function clusterContract(stage: () => Promise<ContractStage>): void {
  const object = (namespace: string, name: string, data: Readonly<Record<string, string>>, labels: Record<string, string> = {}) =>
    ({ ...configMap, metadata: { name, namespace, labels: { 'contract.kafkon.dev/made': 'yes', ...labels } }, data }) as KubernetesObject;
  const plain = { takeOver: false, dryRun: false };
  const dataOf = (found: KubernetesObject | undefined) => (found as { data?: unknown } | undefined)?.data;

  it('tells its version and the kinds it knows', async () => {
    const { cluster } = await stage();
    const { major, minor } = await cluster.version();
    expect(major).toBe(1);
    expect(minor).toBeGreaterThanOrEqual(28);
    const kinds = await cluster.kinds();
    expect(kinds.get('apps/v1/StatefulSet')).toBe(true);
    expect(kinds.get('v1/Namespace')).toBe(false);
    expect(kinds.has('nothing.example.com/v1/Nothing')).toBe(false);
  });

  it('makes what is applied, leaves what has not changed and drops what is no longer said', async () => {
    const { cluster, namespace } = await stage();
    const reference = { ...configMap, name: 'applied', namespace };
    await cluster.apply([object(namespace, 'applied', { a: '1', b: '2' })], plain);
    const first = await cluster.find(reference);
    await cluster.apply([object(namespace, 'applied', { a: '1', b: '2' })], plain);
    expect((await cluster.find(reference))?.metadata.resourceVersion).toBe(first?.metadata.resourceVersion);
    await cluster.apply([object(namespace, 'applied', { a: '3' })], plain);
    const last = await cluster.find(reference);
    expect(dataOf(last)).toEqual({ a: '3' });
    expect(last?.metadata.resourceVersion).not.toBe(first?.metadata.resourceVersion);
    expect(last?.metadata.uid).toBe(first?.metadata.uid);
  });

  it('checks and changes nothing in a dry run', async () => {
    const { cluster, namespace } = await stage();
    await cluster.apply([object(namespace, 'dry', { a: '1' })], { takeOver: false, dryRun: true });
    expect(await cluster.find({ ...configMap, name: 'dry', namespace })).toBeUndefined();
  });

  it('names who has set a field to something else, and takes it over only when told to', async () => {
    const { cluster, namespace, applyAs } = await stage();
    await applyAs('somebody', object(namespace, 'owned', { a: 'theirs' }));
    const ours = [object(namespace, 'before', { a: 'ours' }), object(namespace, 'owned', { a: 'ours' })];
    await expect(cluster.apply(ours, plain)).rejects.toThrow(/ConfigMap owned: "somebody" has set \.data\.a to something else/);
    expect(dataOf(await cluster.find({ ...configMap, name: 'owned', namespace }))).toEqual({ a: 'theirs' });
    await cluster.apply(ours, { takeOver: true, dryRun: false });
    expect(dataOf(await cluster.find({ ...configMap, name: 'owned', namespace }))).toEqual({ a: 'ours' });
  });

  it('says which object is in no namespace that there is', async () => {
    const { cluster } = await stage();
    await expect(cluster.apply([object('no-such-namespace', 'lost', {})], plain)).rejects.toThrow(/ConfigMap lost: .*not found/);
  });

  it('lists by kind, namespace and labels', async () => {
    const { cluster, namespace } = await stage();
    await cluster.apply([object(namespace, 'listed', {}, { colour: 'red' }), object(namespace, 'other', {}, { colour: 'blue' })], plain);
    const names = async (labels: Record<string, string>) =>
      (await cluster.list(namespace, [configMap, { apiVersion: 'apps/v1', kind: 'StatefulSet' }], labels)).map(
        ({ metadata }) => metadata.name,
      );
    expect(await names({ colour: 'red' })).toEqual(['listed']);
    expect(await names({ colour: 'red', size: 'big' })).toEqual([]);
    expect(await cluster.list('no-such-namespace', [configMap])).toEqual([]);
    const everywhere = await cluster.list(undefined, [configMap], { colour: 'blue' });
    expect(everywhere.some(({ metadata }) => metadata.namespace === namespace && metadata.name === 'other')).toBe(true);
  });

  it('makes a Secret once and tells its keys, never its values', async () => {
    const { cluster, namespace } = await stage();
    const secret = { apiVersion: 'v1', kind: 'Secret', metadata: { name: 'made', namespace }, data: { first: 'YQ==', second: 'Yg==' } };
    expect(await cluster.create(secret as KubernetesObject)).toBe(true);
    expect(await cluster.create({ ...secret, data: { first: 'Yw==' } } as KubernetesObject)).toBe(false);
    await cluster.addSecretKeys(namespace, 'made', { third: 'Yg==' });
    expect([...((await cluster.secretKeys(namespace)).get('made') ?? [])].sort()).toEqual(['first', 'second', 'third']);
  });

  it('removes what is there and does not mind what is not', async () => {
    const { cluster, namespace } = await stage();
    await cluster.apply([object(namespace, 'removed', {})], plain);
    const reference = { ...configMap, name: 'removed', namespace };
    await cluster.remove([reference, { ...configMap, name: 'never-there', namespace }]);
    expect(await cluster.find(reference)).toBeUndefined();
  });

  it('scales in the name of nobody, so that applying another number is no conflict', async () => {
    const { cluster, namespace, image } = await stage();
    const reference = { apiVersion: 'apps/v1', kind: 'StatefulSet', name: 'scaled', namespace };
    const replicas = async () => ((await cluster.find(reference))?.spec as { replicas?: number } | undefined)?.replicas;
    await cluster.apply([statefulSet(namespace, 'scaled', 2, image)], plain);
    await cluster.scale(reference, { replicas: 0, annotations: { 'contract.kafkon.dev/had': '2' } });
    expect(await replicas()).toBe(0);
    expect((await cluster.find(reference))?.metadata.annotations?.['contract.kafkon.dev/had']).toBe('2');
    await cluster.apply([statefulSet(namespace, 'scaled', 1, image)], plain);
    expect(await replicas()).toBe(1);
    await cluster.scale(reference, { replicas: 0, annotations: { 'contract.kafkon.dev/had': null } });
    expect((await cluster.find(reference))?.metadata.annotations ?? {}).not.toHaveProperty(['contract.kafkon.dev/had']);
    await cluster.remove([reference]);
  });

  it(
    'evicts the pod that was seen and no namesake',
    async () => {
      const { cluster, namespace, image } = await stage();
      await cluster.apply([statefulSet(namespace, 'evicted', 1, image)], plain);
      const find = () => cluster.find({ ...pods, name: 'evicted-0', namespace });
      const before = await until(async () => ((await find())?.metadata.uid === undefined ? undefined : find()));
      const uid = before.metadata.uid ?? '';
      expect(await cluster.evict(namespace, 'evicted-0', `${uid.slice(0, -4)}0000`)).toBe(true);
      expect((await find())?.metadata.uid).toBe(uid);
      expect(await cluster.evict(namespace, 'evicted-0', uid)).toBe(true);
      const after = await until(async () => ((await find())?.metadata.uid === uid ? undefined : find()));
      expect(after.metadata.uid).not.toBe(uid);
      expect(await cluster.evict(namespace, 'never-there', uid)).toBe(true);
      await cluster.remove([{ apiVersion: 'apps/v1', kind: 'StatefulSet', name: 'evicted', namespace }]);
    },
    patience,
  );

  it(
    'removes a workload without its pods, which then go when they are told to',
    async () => {
      const { cluster, namespace, image } = await stage();
      const reference = { apiVersion: 'apps/v1', kind: 'StatefulSet', name: 'orphaning', namespace };
      const pod = { ...pods, name: 'orphaning-0', namespace };
      await cluster.apply([statefulSet(namespace, 'orphaning', 1, image)], plain);
      const before = await until(() => cluster.find(pod));
      await cluster.remove([reference], { orphan: true });
      await until(async () => ((await cluster.find(reference)) === undefined ? true : undefined));
      const after = await cluster.find(pod);
      expect([after?.metadata.uid, after?.metadata.deletionTimestamp]).toEqual([before.metadata.uid, undefined]);
      await cluster.remove([pod], { graceSeconds: 1 });
      await until(async () => ((await cluster.find(pod)) === undefined ? true : undefined));
    },
    patience,
  );

  it('has no answer of a port where nobody listens', async () => {
    const { cluster, namespace } = await stage();
    expect(await cluster.ask(namespace, 'never-there', 80, '/')).toBeUndefined();
  });
}

function statefulSet(namespace: string, name: string, replicas: number, image: string): KubernetesObject {
  const labels = { 'contract.kafkon.dev/set': name };
  return {
    apiVersion: 'apps/v1',
    kind: 'StatefulSet',
    metadata: { name, namespace, labels },
    spec: {
      replicas,
      serviceName: name,
      selector: { matchLabels: labels },
      updateStrategy: { type: 'OnDelete' },
      template: {
        metadata: { labels },
        spec: {
          terminationGracePeriodSeconds: 1,
          securityContext: { runAsNonRoot: true, runAsUser: 1000, seccompProfile: { type: 'RuntimeDefault' } },
          containers: [
            {
              name: 'main',
              image,
              command: ['sleep', '600'],
              securityContext: { allowPrivilegeEscalation: false, capabilities: { drop: ['ALL'] } },
            },
          ],
        },
      },
    },
  };
}

async function until<T>(look: () => Promise<T | undefined>): Promise<T> {
  const deadline = Date.now() + patience - 5000;
  for (;;) {
    const found = await look();
    if (found !== undefined) return found;
    if (Date.now() > deadline) throw new Error('it did not come about in time');
    await new Promise((resolve) => setTimeout(resolve, 200));
  }
}
