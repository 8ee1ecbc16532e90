import { readFileSync, statSync } from 'node:fs';
import { join } from 'node:path';
import { expect, it } from '@jest/globals';
import type { KafkaConfig } from 'kafkajs';
import { brokerSettings } from '../../support/broker-settings';
import { toolIn } from '../../support/docker/inside';
import { clientOf, createTopic, roundTrip, startStream, topicReady } from '../../support/docker/record-check';
import { stageOf } from '../../support/docker/stage';
import { waitFor } from '../../support/kafka/wait-for';
import { describeWith } from '../../support/parts';

const ids = [0, 1, 2];
const container = (id: number) => `e2e-kraft-kafka-${id}`;

describeWith(['docker', 'docker-images'], 'three secured KRaft nodes on Docker', () => {
  const stage = stageOf('kraft');
  const secret = (path: string) => readFileSync(join(stage().directory, 'secrets', path), 'utf8');
  const ca = () => secret('certificates/ca.crt');
  const withPassword = (): KafkaConfig => ({
    brokers: ids.map((id) => `localhost:${21190 + id}`),
    ssl: { ca: [ca()] },
    sasl: { mechanism: 'scram-sha-512', username: 'admin', password: secret('admin-password') },
  });
  const withCertificate = (): KafkaConfig => ({
    brokers: ids.map((id) => `localhost:${21290 + id}`),
    ssl: { ca: [ca()], cert: secret('certificates/accounts/operator/tls.crt'), key: secret('certificates/accounts/operator/tls.key') },
  });
  const inside = (settings: readonly string[], words: string, input?: string) =>
    toolIn(stage().engine, container(0), { settings, words, ...(input === undefined ? {} : { input }) });

  it('are refused without their secrets, before anything is made', async () => {
    const { code, err } = await stage().attempt('up', 'kraft');
    expect(code).toBe(1);
    expect(err).toContain('secrets/keystore-password');
    expect(err).toContain('[docker/secret-missing]');
    expect(await stage().engine.volumes('kafkon.dev/cluster', 'e2e-kraft')).toEqual([]);
  });

  it('get secrets once, for their owner and the containers alone', async () => {
    expect((await stage().kafkon('secrets', 'kraft', 'init')).out).toContain(' 0 there already');
    const [password, authority] = [secret('admin-password'), ca()];
    expect((await stage().kafkon('secrets', 'kraft', 'init')).out).toContain(': 0 made');
    expect([secret('admin-password'), ca()]).toEqual([password, authority]);
    expect(password).toMatch(/^[A-Za-z0-9]{24}$/);
    const mode = (path: string) => statSync(join(stage().directory, 'secrets', path)).mode & 0o777;
    expect([mode('.'), mode('certificates/ca.key')]).toEqual([0o700, 0o600]);
  });

  it('come up, and nothing is to be changed when brought up again', async () => {
    expect((await stage().kafkon('up', 'kraft')).err).toMatch(/kafka-\d is the active controller/);
    expect((await stage().kafkon('up', 'kraft')).err).toContain('plan: nothing to change');
  });

  it('show no secret in what Terraform reads, in its state or in what containers are started with', async () => {
    const { directory, stateFile, engine } = stage();
    const values = [secret('admin-password'), secret('keystore-password')];
    const texts = [join(directory, 'cdk.tf.json'), stateFile].map((file) => readFileSync(file, 'utf8'));
    const { output } = await engine.run(container(0), ['sh', '-c', 'tr "\\0" "\\n" </proc/1/environ; tr "\\0" "\\n" </proc/1/cmdline']);
    for (const text of [...texts, output]) for (const value of values) expect(text).not.toContain(value);
  });

  it('make their first user with the certificate of the brokers, so that nobody needs a password to begin', async () => {
    const made = await inside(
      brokerSettings,
      `kafka-configs.sh --bootstrap-server kafka-0:9091 --command-config /tmp/client --alter --entity-type users --entity-name admin --add-config SCRAM-SHA-512=[password=${secret('admin-password')}]`,
    );
    expect(made).toMatchObject({ code: 0 });
    for (const broker of withPassword().brokers as readonly string[]) {
      const admin = clientOf({ ...withPassword(), brokers: [broker], retry: { retries: 0 } }).admin();
      await waitFor('every broker knows the user', async () => {
        await admin.connect();
        return true;
      });
      await admin.disconnect();
    }
  });

  it('take and give records on the host through every external listener', async () => {
    // Made by the last step of `up`.
    await topicReady(clientOf(withCertificate()), 'orders', 6, 3);
    expect(await roundTrip(clientOf(withCertificate()), 'orders')).toHaveLength(5);
    expect(await roundTrip(clientOf(withPassword()), 'orders')).toHaveLength(5);
  });

  it('take and give records in a container through the internal listener, and refuse who has no password', async () => {
    await createTopic(clientOf(withCertificate()), 'inside', 1, 3);
    const user = [
      'security.protocol=SASL_SSL',
      'sasl.mechanism=SCRAM-SHA-512',
      `sasl.jaas.config=org.apache.kafka.common.security.scram.ScramLoginModule required username="admin" password="${secret('admin-password')}";`,
      'ssl.truststore.type=PKCS12',
      'ssl.truststore.location=/etc/kafkon-secrets/broker/truststore.p12',
      `ssl.truststore.password=${secret('keystore-password')}`,
    ];
    const produce =
      'kafka-run-class.sh org.apache.kafka.tools.ConsoleProducer --bootstrap-server kafka-1:9092 --topic inside --producer.config /tmp/client';
    expect(await inside(user, produce, 'inside')).toMatchObject({ code: 0 });
    const consume =
      'kafka-run-class.sh org.apache.kafka.tools.consumer.ConsoleConsumer --bootstrap-server kafka-2:9092 --topic inside --from-beginning --max-messages 1 --timeout-ms 120000 --consumer.config /tmp/client';
    expect((await inside(user, consume)).output.split('\n')).toContain('inside');
    const stranger = clientOf({
      ...withPassword(),
      sasl: { mechanism: 'scram-sha-512', username: 'admin', password: 'wrong' },
      retry: { retries: 0 },
    }).admin();
    await expect(stranger.connect()).rejects.toThrow(/authentication/i);
  });

  it('lose no acknowledged record when one is killed', async () => {
    const { engine } = stage();
    const stream = await startStream(clientOf(withCertificate()), 'orders');
    await waitFor('records', () => stream.acknowledged() > 100);
    await engine.stop(container(1), 0);
    const before = stream.acknowledged();
    await waitFor('records with a node gone', () => stream.acknowledged() > before + 100);
    expect((await stage().kafkon('up', 'kraft')).err).toContain('kafka-1 starts');
    expect(await stream.lost()).toEqual([]);
  });

  it('roll all, one at a time, the controller last, and lose no acknowledged record', async () => {
    const stream = await startStream(clientOf(withPassword()), 'orders');
    await waitFor('records', () => stream.acknowledged() > 50);
    const { out } = await stage().kafkon('brokers', 'kraft', 'roll', '--all');
    expect(out).toBe('3 restarted\n');
    expect(await stream.lost()).toEqual([]);
    expect(await stage().terraform.plan(stage().directory)).toEqual([]);
  });

  it('go down in good order, with nothing left behind', async () => {
    await stage().kafkon('down', 'kraft', '--volumes', '--yes');
    const { engine } = stage();
    expect(await engine.labelled('kafkon.dev/cluster', 'e2e-kraft')).toEqual([]);
    expect(await engine.networks('kafkon.dev/cluster', 'e2e-kraft')).toEqual([]);
    expect(await engine.volumes('kafkon.dev/cluster', 'e2e-kraft')).toEqual([]);
  });
});
