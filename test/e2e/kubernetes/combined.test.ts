import { expect, it } from '@jest/globals';
import type { KafkaConfig } from 'kafkajs';
import { clientOf, roundTrip, startStream, topicReady } from '../../support/docker/record-check';
import { waitFor } from '../../support/kafka/wait-for';
import { startInsideClient } from '../../support/kubernetes/inside';
import { isReady, type Pod, restarts } from '../../support/kubernetes/objects';
import { type Door, doorOf } from '../../support/kubernetes/outside';
import { stageOf } from '../../support/kubernetes/stage';
import { step } from '../../support/kubernetes/steps';
import { describeWith } from '../../support/parts';

describeWith(
  ['kubectl', 'kubernetes-node', 'kubernetes-definitions'],
  'three secured nodes that are broker and controller, on Kubernetes',
  () => {
    const stage = stageOf('combined');
    let door: Door;
    let inside: Awaited<ReturnType<typeof startInsideClient>>;

    const password = (account: string) => stage().secret(`${account}-password`);
    const scram = (username: string, secret = password(username)) => ({ mechanism: 'scram-sha-512', username, password: secret }) as const;
    const certificate = async (account: string) => {
      const { ca, cert, key } = await stage().issuer.client(account);
      return { ca: [ca], cert, key };
    };
    /** Somebody outside, who logs in with a password. */
    const outside = (account: string, more: Partial<KafkaConfig> = {}) =>
      clientOf({
        brokers: [door.bootstrap],
        socketFactory: door.socketFactory,
        ssl: { ca: [stage().issuer.ca] },
        sasl: scram(account),
        ...more,
      });
    const internal = (port: number) => [`kafka.${stage().namespace.name}.svc.cluster.local:${port}`];

    it('become ready, with restricted pod security enforced', async () => {
      await step('combined: the manifests are applied', () => stage().apply());
      const namespace = await stage().namespace.get<Pod>('namespace', stage().namespace.name);
      expect(namespace.metadata.labels?.['pod-security.kubernetes.io/enforce']).toBe('restricted');
      const pods = await step('combined: every pod is ready', () => stage().ready());
      expect(pods.map(restarts)).toEqual([0, 0, 0]);
      door = await doorOf(stage().namespace, stage().environment, 'EXTERNAL');
    });

    it('are converged by the Job, from the tools image', async () => {
      const printed = await step('combined: the convergence Job is done', () => stage().converged());
      expect(printed).toContain('orders');
    });

    it('serve declared accounts inside, and refuse others', async () => {
      inside = await step('combined: a pod for clients runs', () => startInsideClient(stage()));
      const ca = { ca: [stage().issuer.ca] };
      const [passwords, certificates] = [internal(9092), internal(9096)];
      await step('combined: clients inside produce and consume, or are refused', async () => {
        const both = { steps: ['produce', 'consume'], topic: 'orders' } as const;
        expect(await inside({ brokers: passwords, ssl: ca, sasl: scram('orders-service') }, both)).toEqual({ done: true });
        const shipping = { brokers: certificates, ssl: await certificate('shipping-service') };
        expect(await inside(shipping, { steps: ['produce'], topic: 'shipments' })).toEqual({ done: true });
        const refused = { done: false, error: expect.stringMatching(/TOPIC_AUTHORIZATION_FAILED|Not authorized to access topics/) };
        expect(await inside(shipping, { steps: ['produce'], topic: 'orders' })).toEqual(refused);
        expect(await inside({ brokers: passwords, ssl: ca, sasl: scram('stranger') }, both)).toEqual(refused);
        const wrong = { brokers: passwords, ssl: ca, sasl: scram('orders-service', 'wrong') };
        expect(await inside(wrong, both)).toEqual({ done: false, error: expect.stringMatching(/SASL|authentication/i) });
        expect((await inside({ brokers: certificates, ssl: ca, retry: { retries: 0 } }, both)).done).toBe(false);
      });
    });

    it('serve declared accounts outside, and refuse others', async () => {
      await step('combined: clients outside produce and consume, or are refused', async () => {
        await topicReady(outside('orders-service'), 'orders', 6, 3);
        expect(await roundTrip(outside('orders-service'), 'orders')).toHaveLength(5);
        await expect(roundTrip(outside('stranger', { retry: { retries: 0 } }), 'orders')).rejects.toThrow(/[Nn]ot authorized/);
        const nobody = outside('orders-service', { sasl: scram('orders-service', 'wrong'), retry: { retries: 0 } }).admin();
        await expect(nobody.connect()).rejects.toThrow(/authentication/i);
      });
    });

    it('lose nothing and keep the order when a pod is killed', async () => {
      const stream = await startStream(outside('orders-service'), 'orders');
      await step('combined: a broker is killed and comes back, under a producer', async () => {
        await waitFor('records', () => stream.acknowledged() > 100);
        const { uid } = (await stage().namespace.get<Pod>('pod', 'kafka-1')).metadata;
        await stage().namespace.kubectl(['delete', 'pod', 'kafka-1', '--grace-period=0', '--force']);
        const before = stream.acknowledged();
        await waitFor('records with a broker gone', () => stream.acknowledged() > before + 100);
        await waitFor('a new pod', async () => (await stage().namespace.get<Pod>('pod', 'kafka-1')).metadata.uid !== uid, { everyMs: 500 });
        await stage().ready();
      });
      expect(await step('combined: all that was acknowledged is read back', () => stream.outcome())).toEqual({ lost: [], reordered: [] });
    });

    it('let one be evicted and not a second', async () => {
      const evict = async (pod: string) => {
        const eviction = { apiVersion: 'policy/v1', kind: 'Eviction', metadata: { name: pod, namespace: stage().namespace.name } };
        const path = `/api/v1/namespaces/${stage().namespace.name}/pods/${pod}/eviction`;
        return stage().namespace.attempt(['create', '--raw', path, '-f', '-'], JSON.stringify(eviction));
      };
      await step('combined: one of two evictions is refused', async () => {
        const [pod] = (await stage().namespace.pods('app.kubernetes.io/name=kafka')).filter(isReady);
        expect(pod?.metadata.name).toBe('kafka-0');
        expect((await evict('kafka-0')).code).toBe(0);
        const second = await evict('kafka-2');
        expect(second.code).not.toBe(0);
        expect(second.error).toMatch(/disruption budget/);
        await stage().ready();
      });
    });
  },
);
