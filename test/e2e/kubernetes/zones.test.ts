import { expect, it } from '@jest/globals';
import { roundTrip, startStream, topicReady } from '../../support/docker/record-check';
import { waitFor } from '../../support/kafka/wait-for';
import { Clients } from '../../support/kubernetes/clients';
import { kill } from '../../support/kubernetes/faults';
import { type Item, isReady, type Pod } from '../../support/kubernetes/objects';
import { step } from '../../support/kubernetes/steps';
import { stageOf } from '../../support/kubernetes/suite-stage';
import { describeWith } from '../../support/parts';

const isController = ({ kind, metadata }: Item) => kind === 'StatefulSet' && metadata.labels?.['kafkon.dev/controller'] === 'true';
const brokers = ['kafka-broker-a-0', 'kafka-broker-b-1', 'kafka-broker-c-2'];

describeWith(['kubectl', 'kubernetes-node', 'kubernetes-definitions'], 'three controllers and three brokers over three zones', () => {
  const stage = stageOf('zones');
  let clients: Clients;

  it('hold back brokers that run and have no controllers, and do not kill them', async () => {
    await step('zones: all but the controllers is applied', () =>
      stage().apply((manifest) => !isController(manifest) && manifest.kind !== 'Job'),
    );
    await step('zones: brokers answer and are not ready', async () => {
      const pods = () => Promise.all(brokers.map((name) => stage().namespace.get<Pod>('pod', name)));
      const answer = async (pod: string, path: string) =>
        stage().namespace.attempt(['get', '--raw', `/api/v1/namespaces/${stage().namespace.name}/pods/${pod}:7072/proxy${path}`]);
      const alive = async (pod: string) => (await answer(pod, '/live')).output.startsWith('live');
      await waitFor('every broker to answer', async () => (await Promise.all(brokers.map(alive))).every(Boolean), {
        deadlineMs: 240_000,
        everyMs: 1000,
      });
      // Why, in the words that whoever looks for it will see.
      expect((await answer(brokers[0] ?? '', '/ready')).error).toMatch(/ServiceUnavailable|unable to handle|503/);
      await waitFor('the probe to fail', async () => /Readiness probe failed.*503/.test(await stage().namespace.report()), {
        everyMs: 2000,
      });
      expect((await pods()).map(isReady)).toEqual([false, false, false]);
      // After a minute without controllers a broker ends by itself; nobody else may end it.
      expect(await stage().namespace.killedByProbes()).toEqual([]);
      const { subsets = [] } = await stage().namespace.get<{ subsets?: readonly { addresses?: readonly object[] }[] }>(
        'endpoints',
        'kafka',
      );
      expect(subsets.flatMap(({ addresses = [] }) => addresses)).toEqual([]);
    });
  });

  it('become ready once the controllers are there, and are converged', async () => {
    // The Job would only find nobody meanwhile, and wait longer and longer between its attempts.
    await stage().apply(({ kind }) => kind !== 'Job');
    const pods = await step('zones: every pod is ready', () => stage().ready());
    expect(pods).toHaveLength(6);
    await stage().apply();
    await step('zones: the convergence Job is done', () => stage().converged());
  });

  it('serve declared accounts inside and outside, and refuse others', async () => {
    clients = await Clients.start(stage(), 'EXTERNAL');
    await step('zones: clients inside and outside produce and consume, or are refused', async () => {
      const orders = await clients.certificate('orders-service');
      const task = { steps: ['produce', 'consume'], topic: 'orders', groupId: 'orders' } as const;
      expect(await clients.inside('SERVICES', orders, task)).toEqual({ done: true });
      const unknown = await clients.certificate('unheard-of');
      expect((await clients.inside('SERVICES', unknown, task)).error).toMatch(/not authorized/i);
      const partner = clients.outside(clients.password('partner'));
      await topicReady(partner, 'orders', 6, 3);
      expect(await roundTrip(partner, 'orders')).toHaveLength(5);
    });
  });

  it('are backed up by the CronJob, from the tools image', async () => {
    await stage().namespace.kubectl(['create', 'job', 'backup-now', '--from=cronjob/kafka-backup']);
    expect(await step('zones: a backup is made', () => stage().done('backup-now'))).toMatch(/topic/);
  });

  it('go on, nothing lost and in order, when a controller is killed', async () => {
    const stream = await startStream(clients.outside(clients.password('partner')), 'orders');
    await step('zones: a controller is killed and comes back, under a producer', async () => {
      await waitFor('records', () => stream.acknowledged() > 50);
      await kill(stage().namespace, 'kafka-controller-b-101');
      const before = stream.acknowledged();
      await waitFor('records with a controller gone', () => stream.acknowledged() > before + 100);
      await stage().ready();
    });
    expect(await stream.outcome()).toEqual({ lost: [], reordered: [] });
  });
});
