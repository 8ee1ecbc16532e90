import { expect, it } from '@jest/globals';
import { ConfigResourceTypes, type Kafka } from 'kafkajs';
import { createTopic, readAll, replicasByBroker, roundTrip, send, startStream, topicReady } from '../../support/docker/record-check';
import { waitFor } from '../../support/kafka/wait-for';
import { alone } from '../../support/kubernetes/alone';
import { Clients } from '../../support/kubernetes/clients';
import { isReady, type Pod, restarts } from '../../support/kubernetes/objects';
import { watchPods } from '../../support/kubernetes/pod-watch';
import { step } from '../../support/kubernetes/steps';
import { stageOf } from '../../support/kubernetes/suite-stage';
import { describeWith } from '../../support/parts';

/** With what the kubelet asks a ZooKeeper server. */
const probe = (question: 'live' | 'ready') => ['sh', '/etc/kafkon/probe.sh', question];
const platform = ['--platform', 'kubernetes'] as const;

/** The protocol that each broker speaks, by its own account. */
async function protocols(kafka: Kafka): Promise<readonly (string | undefined)[]> {
  const admin = kafka.admin();
  await admin.connect();
  const resources = ['1', '2', '3'].map((name) => ({
    type: ConfigResourceTypes.BROKER,
    name,
    configNames: ['inter.broker.protocol.version'],
  }));
  const answer = await admin.describeConfigs({ resources, includeSynonyms: false });
  await admin.disconnect();
  return answer.resources.map(({ configEntries }) => configEntries[0]?.configValue);
}

describeWith(
  ['kubectl', 'kubernetes-node', 'kubernetes-definitions'],
  "three ZooKeepers and three brokers from images with Confluent's habits",
  () => {
    const stage = stageOf('zookeeper');
    let clients: Clients;
    const zookeeper = (id: number) => stage().namespace.get<Pod>('pod', `zookeeper-${id}`);
    const probed = async (pod: string, question: 'live' | 'ready') =>
      (await stage().namespace.attempt(['exec', pod, '--', ...probe(question)])).code === 0;

    it('show a ZooKeeper outside its quorum as not ready, and do not kill it', async () => {
      await step('zookeeper: the manifests are applied', () => stage().apply(({ kind }) => kind !== 'StatefulSet' && kind !== 'Job'));
      await step('zookeeper: one of three servers runs alone, alive and not ready', async () => {
        const servers = (await stage().manifests()).find(({ kind, metadata }) => kind === 'StatefulSet' && metadata.name === 'zookeeper');
        await stage().send([{ ...servers, spec: { ...servers?.spec, replicas: 1 } }]);
        await waitFor('the only server to answer', () => probed('zookeeper-1', 'live'), { deadlineMs: 180_000, everyMs: 1000 });
        expect(await probed('zookeeper-1', 'ready')).toBe(false);
        // Asked by the kubelet at least twice.
        await waitFor('events of the probe', async () => /Readiness probe failed/.test(await stage().namespace.report()), {
          everyMs: 2000,
        });
        const alone = await zookeeper(1);
        expect([isReady(alone), restarts(alone)]).toEqual([false, 0]);
      });
    });

    it('become ready, started from a read-only root by a user with a number', async () => {
      await stage().apply(({ kind }) => kind !== 'Job');
      expect(await step('zookeeper: every pod is ready', () => stage().ready())).toHaveLength(6);
      expect(await stage().namespace.killedByProbes()).toEqual([]);
      expect(await stage().namespace.kubectl(['exec', 'kafka-1', '--', 'id', '-u'])).toBe('1000\n');
      expect((await stage().namespace.attempt(['exec', 'kafka-1', '--', 'touch', '/etc/kafka/written'])).error).toMatch(/Read-only/);
      const logs = await stage().namespace.kubectl(['exec', 'kafka-1', '--', 'sh', '-c', 'ls "$LOG_DIR"']);
      expect(logs).toContain('kafkaServer-gc.log');
    });

    it('are converged once the environment names the cluster', async () => {
      clients = await Clients.start(stage(), 'EXTERNAL');
      const line = await clients.kafkon('cluster', 'zookeeper', 'pin');
      expect(line).toMatch(/^clusterId: [\w-]{22}\n$/);
      stage().edit((text) => `${text}${line}`);
      await stage().apply();
      expect(await step('zookeeper: the convergence Job is done', () => stage().converged())).toContain('user.attempts');
    });

    it('serve declared accounts inside and outside, and refuse others', async () => {
      const task = { steps: ['produce', 'consume'], topic: 'user.attempts' } as const;
      await step('zookeeper: clients inside and outside produce and consume, or are refused', async () => {
        expect(await clients.inside('INTERNAL', clients.password('user-service'), task)).toEqual({ done: true });
        expect((await clients.inside('INTERNAL', clients.password('stranger'), task)).error).toMatch(/not authorized/i);
        const users = clients.outside(clients.password('user-service'));
        await topicReady(users, 'user.attempts', 6, 3);
        expect(await roundTrip(users, 'user.attempts')).toHaveLength(5);
        await expect(roundTrip(clients.outside(clients.password('stranger'), false), 'user.attempts')).rejects.toThrow(/not authorized/i);
        await expect(roundTrip(clients.outside(clients.nobody(), false), 'user.attempts')).rejects.toThrow(/connection/i);
      });
    });

    it('refuse to speak what their brokers do not understand yet', async () => {
      stage().edit((text) => text.replace('version: "7.6.0"', 'version: "7.9.0"'));
      const { code, err } = await stage().attempt('up', 'zookeeper', ...platform);
      expect(code).toBe(1);
      expect(err).toMatch(/kafka-1, kafka-2 and kafka-3 run Kafka 3\.6.*write inter\.broker\.protocol\.version: "3\.6"/s);
    });

    it('are upgraded in two steps, the programs and then what they say to each other, and no write fails', async () => {
      const nodes = 'app.kubernetes.io/name in (kafka,zookeeper)';
      const stream = await startStream(clients.outside(clients.password('user-service')), 'user.attempts');
      stage().edit((text) => text.replace('  config:\n    min', '  config:\n    inter.broker.protocol.version: "3.6"\n    min'));
      const first = await step('zookeeper: kafkon up with the next version', () => stage().kafkon('up', 'zookeeper', ...platform));
      expect(first.err).toMatch(/step 1 of 2/);
      const roll = () => stage().kafkon('brokers', 'zookeeper', 'roll', ...platform);
      const rolled = () =>
        alone(async () => {
          const watch = watchPods(stage().namespace, nodes);
          await step('zookeeper: kafkon brokers roll, under a producer', roll);
          return watch.end();
        });
      expect(await rolled()).toEqual({ fewestReady: 5, replaced: 6 });
      const images = (await stage().namespace.pods(nodes)).map(({ spec }) => spec.containers[0]?.image);
      expect(new Set(images)).toEqual(new Set(['confluentinc/cp-kafka:7.9.0', 'confluentinc/cp-zookeeper:7.9.0']));
      expect(await protocols(clients.outside(clients.password('admin')))).toEqual(['3.6', '3.6', '3.6']);
      stage().edit((text) => text.replace('    inter.broker.protocol.version: "3.6"\n', ''));
      const second = await step('zookeeper: kafkon up with the next protocol', () => stage().kafkon('up', 'zookeeper', ...platform));
      expect(second.err).toMatch(/step 2 of 2/);
      expect(await rolled()).toEqual({ fewestReady: 5, replaced: 3 });
      expect(stream.failed()).toBe(0);
      expect(await stream.outcome()).toEqual({ lost: [], reordered: [] });
      expect(await protocols(clients.outside(clients.password('admin')))).toEqual(['3.9-IV0', '3.9-IV0', '3.9-IV0']);
      stage().edit((text) => text.replace('version: "7.9.0"', 'version: "7.6.0"'));
      expect((await stage().attempt('up', 'zookeeper', ...platform)).err).toMatch(/there is no way back/);
      stage().edit((text) => text.replace('version: "7.6.0"', 'version: "7.9.0"'));
    });

    it('stay writable when one ZooKeeper is lost', async () => {
      const stream = await startStream(clients.outside(clients.password('user-service')), 'user.attempts');
      await step('zookeeper: one server is lost; records are written and a topic is made meanwhile', async () => {
        const refused = await stage().namespace.attempt(['scale', 'statefulset', 'zookeeper', '--replicas=2']);
        expect(refused.error).toContain('denied');
        const confirmed = { metadata: { annotations: { 'kafkon.dev/confirm-scale-in': '3->2' } }, spec: { replicas: 2 } };
        await stage().namespace.kubectl(['patch', 'statefulset', 'zookeeper', '--type=merge', '-p', JSON.stringify(confirmed)]);
        await waitFor('a server to be gone', async () => (await stage().namespace.pods('app.kubernetes.io/name=zookeeper')).length === 2, {
          everyMs: 500,
        });
        const before = stream.acknowledged();
        await waitFor('records with a server gone', () => stream.acknowledged() > before + 100);
        await createTopic(clients.outside(clients.password('admin')), 'made-meanwhile', 3, 3);
        await stage().apply();
        await stage().ready();
      });
      expect(await stream.outcome()).toEqual({ lost: [], reordered: [] });
    });

    it('have their data when the StatefulSets are deleted and made again', async () => {
      const admin = clients.outside(clients.password('admin'));
      await send(admin, 'made-meanwhile', ['kept']);
      await step('zookeeper: both StatefulSets are deleted, made again and ready', async () => {
        for (const name of ['kafka', 'zookeeper'])
          await stage().namespace.kubectl(['delete', 'statefulset', name, '--cascade=foreground', '--timeout=150s']);
        expect(await stage().namespace.pods('app.kubernetes.io/name in (kafka,zookeeper)')).toEqual([]);
        await stage().apply();
        await stage().ready();
      });
      expect(await readAll(admin, 'made-meanwhile', (values) => values.includes('kept'))).toContain('kept');
    });

    it('get two more brokers, which take their share, and do not let them go unasked', async () => {
      stage().edit((text) => text.replace('name: brokers\n    ids: [1, 2, 3]', 'name: brokers\n    ids: [1, 2, 3, 4, 5]'));
      await step('zookeeper: five brokers are ready', async () => {
        await stage().apply();
        expect(await stage().ready()).toHaveLength(8);
      });
      await clients.lookUp();
      const users = clients.outside(clients.password('user-service'));
      // The door leads to new brokers too, which hear of the topics in their own time.
      await topicReady(users, 'user.attempts', 6, 3);
      const stream = await startStream(users, 'user.attempts');
      await step('zookeeper: kafkon brokers rebalance, in the cluster, under a producer', () =>
        clients.kafkon('brokers', 'zookeeper', 'rebalance', '--yes'),
      );
      const replicas = await replicasByBroker(clients.outside(clients.password('admin')), ['user.attempts']);
      expect([...replicas.keys()].sort()).toEqual([1, 2, 3, 4, 5]);
      expect(await stream.outcome()).toEqual({ lost: [], reordered: [] });
      stage().edit((text) => text.replace('ids: [1, 2, 3, 4, 5]', 'ids: [1, 2, 3]'));
      await expect(stage().apply()).rejects.toThrow(/kafka-1|would go from 5 to 3 replicas/);
      expect((await stage().attempt('up', 'zookeeper', ...platform)).code).toBe(1);
      expect(await stage().namespace.pods('app.kubernetes.io/name=kafka')).toHaveLength(5);
    });
  },
);
