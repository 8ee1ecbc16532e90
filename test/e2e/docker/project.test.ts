import { rmSync } from 'node:fs';
import { createServer } from 'node:net';
import { expect, it } from '@jest/globals';
import type { Kafka } from 'kafkajs';
import { clientOf, createTopic, readAll, roundTrip } from '../../support/docker/record-check';
import { stageOf } from '../../support/docker/stage';
import { describeWith } from '../../support/parts';

async function topicsOf(kafka: Kafka): Promise<readonly string[]> {
  const admin = kafka.admin();
  await admin.connect();
  const topics = await admin.listTopics();
  await admin.disconnect();
  return topics.filter((topic) => !topic.startsWith('__'));
}

const second = ['--project-name', 'e2e-second', '--port-offset', '100'];

describeWith(['docker', 'docker-images'], 'one environment twice on one Docker host', () => {
  const stage = stageOf('single');
  const copy = stageOf('single', ...second);

  it('is refused where a port is taken, before anything is made', async () => {
    const server = createServer();
    await new Promise<void>((resolve) => server.listen(21390, '0.0.0.0', resolve));
    const { code, err } = await stage().attempt('up', 'single');
    server.close();
    expect(code).toBe(1);
    expect(err).toContain('port 21390 of kafka-0 is taken by another program');
    expect(await stage().engine.volumes('kafkon.dev/cluster', 'e2e-single')).toEqual([]);
  });

  it('stands side by side under another name, on ports and volumes of its own', async () => {
    await Promise.all([stage().kafkon('up', 'single', '--no-topics'), copy().kafkon('up', 'single', '--no-topics', ...second)]);
    const [one, other] = [clientOf({ brokers: ['localhost:21390'] }), clientOf({ brokers: ['localhost:21490'] })];
    await createTopic(one, 'one', 1, 1);
    await createTopic(other, 'other', 1, 1);
    expect(await topicsOf(one)).toEqual(['one']);
    expect(await topicsOf(other)).toEqual(['other']);
    expect(await roundTrip(one, 'one')).toHaveLength(5);
    const listed = JSON.parse((await stage().kafkon('list', '-o', 'json')).out) as { cluster: string; standing: string }[];
    expect(listed.filter(({ cluster }) => cluster.startsWith('e2e-s')).map(({ cluster, standing }) => `${cluster} ${standing}`)).toEqual([
      'e2e-single up',
      'e2e-second up',
    ]);
    await copy().kafkon('down', 'single', ...second, '--volumes', '--yes');
    expect((await stage().kafkon('status', 'single')).out).toContain('single is up');
  });

  it('goes on after a run that was broken off before Terraform wrote down what it had made', async () => {
    rmSync(stage().stateFile);
    const { err } = await stage().kafkon('up', 'single', '--no-topics');
    expect(err).toContain('kafka-0 is there and not in the state');
    expect((await readAll(clientOf({ brokers: ['localhost:21390'] }), 'one', (values) => values.length >= 5)).length).toBe(5);
    rmSync(stage().stateFile);
    await stage().kafkon('down', 'single');
    expect(await stage().engine.labelled('kafkon.dev/cluster', 'e2e-single')).toEqual([]);
  });

  it('begins with empty volumes where it is told to, and shows what its services log', async () => {
    expect((await stage().attempt('up', 'single', '--clean')).code).toBe(2);
    await stage().kafkon('up', 'single', '--clean', '--yes', '--no-topics');
    expect(await topicsOf(clientOf({ brokers: ['localhost:21390'] }))).toEqual([]);
    const { out } = await stage().kafkon('logs', 'single', 'kafka-0', '--tail', '5');
    expect(out.split('\n').filter((line) => line !== '')).toHaveLength(5);
    expect((await stage().kafkon('logs', 'single')).out).toContain('kafka-0 | ');
  });
});
