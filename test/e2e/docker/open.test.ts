import { expect, it } from '@jest/globals';
import { toolIn } from '../../support/docker/inside';
import { clientOf, readAll, roundTrip } from '../../support/docker/record-check';
import { stageOf } from '../../support/docker/stage';
import { describeWith } from '../../support/parts';

describeWith(['docker', 'docker-images'], 'one open ZooKeeper and one open broker on Docker', () => {
  const stage = stageOf('open');
  const kafka = () => clientOf({ brokers: ['localhost:21691'] });

  it('come up with nothing but their file, and have nothing to change when brought up again', async () => {
    const { out, err } = await stage().kafkon('up', 'open');
    expect(err).toContain('kafka-1 is the active controller');
    expect(out).toContain('localhost:21691');
    expect((await stage().kafkon('up', 'open')).err).toContain('plan: nothing to change');
  });

  it('take and give records on the host and in a container', async () => {
    expect(await roundTrip(kafka(), 'orders')).toHaveLength(5);
    const sent = await toolIn(stage().engine, 'e2e-open-kafka-1', {
      words: 'kafka-run-class.sh kafka.tools.ConsoleProducer --bootstrap-server kafka-1:9092 --topic orders --producer-property acks=all',
      input: 'inside',
    });
    expect(sent).toMatchObject({ code: 0 });
    expect(await readAll(kafka(), 'orders', (values) => values.includes('inside'))).toContain('inside');
  });

  it('do not lose a broker that has left their file, nor its data, without leave', async () => {
    stage().edit((text) => text.replace('- name: kafka\n    ids: [1]', '- name: kafka\n    ids: [2]'));
    const { code, err } = await stage().attempt('up', 'open', '--no-topics');
    expect(code).toBe(1);
    expect(err).toContain('kafka-1 is no longer in the environment, and Terraform would destroy it with its data in e2e-open-kafka-1-data');
    expect(err).toContain('[docker/node-removed]');
    expect((await stage().attempt('up', 'open', '--no-topics', '--remove', 'kafka-1')).err).toMatch(/kafka-1 still holds \d+ replicas/);
    expect((await stage().engine.container('e2e-open-kafka-1'))?.state).toBe('running');
    expect(await stage().engine.container('e2e-open-kafka-2')).toBeUndefined();
  });

  it('keep its data even where it goes by force, and lose nothing but containers when they go down', async () => {
    const { err } = await stage().kafkon('up', 'open', '--no-topics', '--remove', 'kafka-1', '--force');
    expect(err).toContain('volume e2e-open-kafka-1-data stays on the Docker host');
    const { engine } = stage();
    expect(await engine.container('e2e-open-kafka-1')).toBeUndefined();
    expect((await stage().kafkon('status', 'open')).out).toMatch(/^open is up$.*^kafka-2 +running +healthy/ms);
    const data = ['kafka-1', 'kafka-2', 'zookeeper-1'].map((node) => `e2e-open-${node}-data`);
    expect([...(await engine.volumes('kafkon.dev/cluster', 'e2e-open'))].sort()).toEqual(expect.arrayContaining(data));
    stage().edit((text) => text.replace('- name: kafka\n    ids: [2]', '- name: kafka\n    ids: [3]'));
    await stage().kafkon('down', 'open');
    expect(await engine.labelled('kafkon.dev/cluster', 'e2e-open')).toEqual([]);
    expect([...(await engine.volumes('kafkon.dev/cluster', 'e2e-open'))].sort()).toEqual(data);
    await stage().kafkon('down', 'open', '--volumes', '--yes');
    expect(await engine.volumes('kafkon.dev/cluster', 'e2e-open')).toEqual([]);
  });
});
