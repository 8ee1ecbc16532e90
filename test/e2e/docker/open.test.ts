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
});
