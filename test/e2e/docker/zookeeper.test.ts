import { expect, it } from '@jest/globals';
import { clientOf, createTopic, readAll, roundTrip, startStream, topicReady } from '../../support/docker/record-check';
import { stageOf } from '../../support/docker/stage';
import { waitFor } from '../../support/kafka/wait-for';
import { describeWith } from '../../support/parts';

const brokers = [1, 2, 3].map((id) => `localhost:${21090 + id}`);
const container = (id: number) => `e2e-zk-kafka-${id}`;

describeWith(['docker', 'docker-images'], 'three ZooKeepers and three brokers on Docker', () => {
  const stage = stageOf('zookeeper');

  it('come up, every service healthy, and say where they are', async () => {
    const { out, err } = await stage().kafkon('up', 'zookeeper');
    expect(err).toMatch(/kafka-\d is the active controller/);
    expect(out).toContain(brokers.join(','));
    const { services, standing } = JSON.parse((await stage().kafkon('status', 'zookeeper', '-o', 'json')).out) as {
      services: { service: string; health: string; memory: number; restartPending: boolean }[];
      standing: string;
    };
    expect(standing).toBe('up');
    expect(services.map(({ service, health, restartPending }) => `${service} ${health} ${restartPending}`)).toEqual(
      ['kafka-1', 'kafka-2', 'kafka-3', 'zookeeper-1', 'zookeeper-2', 'zookeeper-3'].map((service) => `${service} healthy false`),
    );
    for (const { memory } of services) expect(memory).toBeGreaterThan(20 * 2 ** 20);
  });

  it('have nothing to change when brought up again', async () => {
    expect((await stage().kafkon('up', 'zookeeper')).err).toContain('plan: nothing to change');
  });

  it('take and give records on the host through every published port', async () => {
    // Made by the last step of `up`.
    await topicReady(clientOf({ brokers }), 'orders', 6, 3);
    for (const broker of brokers) expect(await roundTrip(clientOf({ brokers: [broker] }), 'orders')).toHaveLength(5);
  });

  it('take and give records in a container through the internal listener', async () => {
    await createTopic(clientOf({ brokers }), 'inside', 1, 3);
    const { engine } = stage();
    const tool = (words: string) =>
      engine.run(container(1), [
        'sh',
        '-c',
        `KAFKA_OPTS= KAFKA_JMX_OPTS= KAFKA_HEAP_OPTS=-Xmx128m /opt/kafka/bin/kafka-run-class.sh ${words}`,
      ]);
    const sent = await engine.run(container(1), [
      'sh',
      '-c',
      'echo inside | KAFKA_OPTS= KAFKA_JMX_OPTS= KAFKA_HEAP_OPTS=-Xmx128m /opt/kafka/bin/kafka-run-class.sh kafka.tools.ConsoleProducer --bootstrap-server kafka-2:9092,kafka-3:9092 --topic inside --producer-property acks=all',
    ]);
    expect(sent.code).toBe(0);
    const read = await tool(
      'org.apache.kafka.tools.consumer.ConsoleConsumer --bootstrap-server kafka-3:9092 --topic inside --from-beginning --max-messages 1 --timeout-ms 30000',
    );
    expect(read.output.split('\n')).toContain('inside');
    expect(await readAll(clientOf({ brokers }), 'inside', (values) => values.includes('inside'))).toContain('inside');
  });

  it('lose no acknowledged record when a broker is killed', async () => {
    const { engine } = stage();
    const stream = await startStream(clientOf({ brokers }), 'orders');
    await waitFor('records', () => stream.acknowledged() > 100);
    await engine.stop(container(2), 0);
    const before = stream.acknowledged();
    await waitFor('records with a broker gone', () => stream.acknowledged() > before + 100);
    expect((await stage().kafkon('status', 'zookeeper')).out).toContain('zookeeper is partly up');
    expect((await stage().kafkon('up', 'zookeeper')).err).toContain('kafka-2 starts');
    expect(await stream.lost()).toEqual([]);
  });

  it('roll a changed setting one broker at a time under a producer, and no difference is left', async () => {
    stage().edit((text) => text.replace('min.insync.replicas: 2, default', 'min.insync.replicas: 2, num.partitions: 2, default'));
    expect((await stage().kafkon('status', 'zookeeper')).out.match(/ restart$/gm)).toHaveLength(3);
    const stream = await startStream(clientOf({ brokers }), 'orders');
    await waitFor('records', () => stream.acknowledged() > 50);
    const { err, out } = await stage().kafkon('brokers', 'zookeeper', 'roll');
    expect(out).toBe('3 restarted\n');
    expect([...err.matchAll(/^(kafka-\d) (restarts|is healthy)/gm)].map((match) => match[2])).toEqual(
      [1, 2, 3].flatMap(() => ['restarts', 'is healthy']),
    );
    expect(await stream.lost()).toEqual([]);
    expect((await stage().kafkon('brokers', 'zookeeper', 'roll')).out).toContain('no node has changed');
    expect((await stage().kafkon('status', 'zookeeper')).out).not.toMatch(/ restart$/m);
  });

  it('stop in good order, start again with their data, and go down with nothing left but data', async () => {
    const { err } = await stage().kafkon('stop', 'zookeeper');
    const order = [...err.matchAll(/^(\w+)-\d stops$/gm)].map((match) => match[1]);
    expect(order).toEqual(['kafka', 'kafka', 'kafka', 'zookeeper', 'zookeeper', 'zookeeper']);
    for (const id of [1, 2, 3]) expect((await stage().engine.container(container(id)))?.exitCode).toBe(143);
    await stage().kafkon('start', 'zookeeper');
    expect(await readAll(clientOf({ brokers }), 'inside', (values) => values.includes('inside'))).toContain('inside');
    await stage().kafkon('down', 'zookeeper');
    const { engine } = stage();
    expect(await engine.labelled('kafkon.dev/cluster', 'e2e-zk')).toEqual([]);
    expect(await engine.networks('kafkon.dev/cluster', 'e2e-zk')).toEqual([]);
    expect(await engine.volumes('kafkon.dev/cluster', 'e2e-zk')).toHaveLength(6);
    await stage().kafkon('down', 'zookeeper', '--volumes', '--yes');
    expect(await engine.volumes('kafkon.dev/cluster', 'e2e-zk')).toEqual([]);
  });
});
