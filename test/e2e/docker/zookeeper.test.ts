import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, it } from '@jest/globals';
import type { KafkaConfig } from 'kafkajs';
import { toolIn } from '../../support/docker/inside';
import { clientOf, readAll, roundTrip, send, startStream, topicReady } from '../../support/docker/record-check';
import { stageOf } from '../../support/docker/stage';
import { waitFor } from '../../support/kafka/wait-for';
import { describeWith } from '../../support/parts';

const ids = [1, 2, 3];
const container = (id: number) => `e2e-zk-kafka-${id}`;
const atOnce = { retry: { retries: 0 } };

describeWith(['docker', 'docker-images'], 'three secured ZooKeepers and three secured brokers on Docker', () => {
  const stage = stageOf('zookeeper');
  const secret = (path: string) => readFileSync(join(stage().directory, 'secrets', path), 'utf8');
  const ca = () => secret('certificates/ca.crt');
  const servers = (base: number) => ids.map((id) => `localhost:${base + id}`);
  const withPassword = (account: string, password = secret(`${account}-password`)): KafkaConfig => ({
    brokers: servers(21090),
    ssl: { ca: [ca()] },
    sasl: { mechanism: 'scram-sha-512', username: account, password },
  });
  const withCertificate = (): KafkaConfig => {
    const own = 'certificates/accounts/reader';
    return { brokers: servers(21590), ssl: { ca: [ca()], cert: secret(`${own}/tls.crt`), key: secret(`${own}/tls.key`) } };
  };
  const inside = (settings: readonly string[], words: string, input?: string) =>
    toolIn(stage().engine, container(1), { settings, words, ...(input === undefined ? {} : { input }) });
  const account = (name: string, password = secret(`${name}-password`)) => [
    'security.protocol=SASL_SSL',
    'sasl.mechanism=SCRAM-SHA-512',
    `sasl.jaas.config=org.apache.kafka.common.security.scram.ScramLoginModule required username="${name}" password="${password}";`,
    'ssl.truststore.type=PKCS12',
    'ssl.truststore.location=/etc/kafkon-secrets/broker/truststore.p12',
    `ssl.truststore.password=${secret('keystore-password')}`,
  ];

  it('come up with the certificates of the brokers alone, every service healthy, and say where they are', async () => {
    await stage().kafkon('secrets', 'zookeeper', 'init');
    const { out, err } = await stage().kafkon('up', 'zookeeper');
    expect(err).toMatch(/kafka-\d is the active controller/);
    for (const base of [21090, 21590]) expect(out).toContain(servers(base).join(','));
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

  it('have nothing to change when brought up again, and no drift', async () => {
    expect((await stage().kafkon('up', 'zookeeper')).err).toContain('plan: nothing to change');
    expect((await stage().kafkon('drift', 'zookeeper', ...admin())).code).toBe(0);
  });

  it('take and give records on the host through every external listener, as declared accounts', async () => {
    // Topics, users and grants were made by the last step of `up`.
    await topicReady(clientOf(withPassword('shop')), 'orders', 6, 3);
    for (const broker of servers(21090)) {
      const admin = clientOf({ ...withPassword('shop'), brokers: [broker] }).admin();
      await admin.connect();
      await admin.disconnect();
    }
    expect(await roundTrip(clientOf(withPassword('shop')), 'orders')).toHaveLength(5);
    const read = await readAll(clientOf(withCertificate()), 'orders', (values) => values.length >= 5, 'reader');
    expect(read.length).toBeGreaterThanOrEqual(5);
  });

  it('refuse a wrong password, a missing certificate, and what an account may not do', async () => {
    const { engine } = stage();
    const connect = (config: KafkaConfig) =>
      clientOf({ ...config, ...atOnce })
        .admin()
        .connect();
    await expect(connect(withPassword('shop', 'wrong'))).rejects.toThrow(/authentication/i);
    await expect(connect(withPassword('nobody', 'wrong'))).rejects.toThrow(/authentication/i);
    await expect(connect({ brokers: servers(21590), ssl: { ca: [ca()] } })).rejects.toThrow(/certificate|closed|disconnect|ECONNRESET/i);
    await expect(connect({ brokers: servers(21590) })).rejects.toThrow();
    for (const other of [withPassword('stranger'), withCertificate()])
      await expect(send(clientOf({ ...other, ...atOnce }), 'orders', ['no'])).rejects.toThrow(/not authorized|does not host/i);
    // Neither in the clear nor by its own port do the ZooKeepers talk to somebody without a certificate.
    for (const port of [2181, 2182]) {
      const { output } = await engine.run(container(1), ['sh', '-c', `echo srvr | nc -w 2 zookeeper-2 ${port}`]);
      expect(output).not.toContain('Zookeeper version');
    }
  });

  it('take and give records in a container through the internal listener, as declared accounts alone', async () => {
    const produce =
      'kafka-run-class.sh kafka.tools.ConsoleProducer --bootstrap-server kafka-2:9092,kafka-3:9092 --topic inside --producer-property acks=all --producer.config /tmp/client';
    expect(await inside(account('shop'), produce, 'inside')).toMatchObject({ code: 0 });
    const consume =
      'kafka-run-class.sh org.apache.kafka.tools.consumer.ConsoleConsumer --bootstrap-server kafka-3:9092 --topic inside --group check-inside --from-beginning --max-messages 1 --timeout-ms 120000 --consumer.config /tmp/client';
    expect((await inside(account('shop'), consume)).output.split('\n')).toContain('inside');
    expect((await inside(account('stranger'), consume)).output).toContain('Not authorized to access topics: [inside]');
    expect((await inside(account('shop', 'wrong'), consume)).output).toContain('Authentication failed');
    expect(await readAll(clientOf(withPassword('shop')), 'inside', (values) => values.includes('inside'))).toContain('inside');
  });

  it('show no secret in what Terraform reads, in its state or in what containers are started with', async () => {
    const values = ['shop-password', 'stranger-password', 'keystore-password'].map(secret);
    const texts = [join(stage().directory, 'cdk.tf.json'), stage().stateFile].map((file) => readFileSync(file, 'utf8'));
    const started = await Promise.all(
      [container(1), 'e2e-zk-zookeeper-1'].map((name) =>
        stage().engine.run(name, ['sh', '-c', 'tr "\\0" "\\n" </proc/1/environ; tr "\\0" "\\n" </proc/1/cmdline']),
      ),
    );
    for (const text of [...texts, ...started.map(({ output }) => output)]) for (const value of values) expect(text).not.toContain(value);
  });

  it('lose no acknowledged record when a broker is killed', async () => {
    const { engine } = stage();
    const stream = await startStream(clientOf(withPassword('shop')), 'orders');
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
    const stream = await startStream(clientOf(withPassword('shop')), 'orders');
    await waitFor('records', () => stream.acknowledged() > 50);
    const { err, out } = await stage().kafkon('brokers', 'zookeeper', 'roll');
    expect(out).toBe('3 restarted\n');
    expect([...err.matchAll(/^(kafka-\d) (restarts|is healthy)/gm)].map((match) => match[2])).toEqual(
      [1, 2, 3].flatMap(() => ['restarts', 'is healthy']),
    );
    expect(await stream.lost()).toEqual([]);
    expect((await stage().kafkon('brokers', 'zookeeper', 'roll')).out).toContain('no node has changed');
    expect((await stage().kafkon('status', 'zookeeper')).out).not.toMatch(/ restart$/m);
    expect(await stage().terraform.plan(stage().directory)).toEqual([]);
  });

  it('stop in good order, start again with their data, and go down with nothing left but data', async () => {
    const { err } = await stage().kafkon('stop', 'zookeeper');
    const order = [...err.matchAll(/^(\w+)-\d stops$/gm)].map((match) => match[1]);
    expect(order).toEqual(['kafka', 'kafka', 'kafka', 'zookeeper', 'zookeeper', 'zookeeper']);
    for (const id of ids) expect((await stage().engine.container(container(id)))?.exitCode).toBe(143);
    await stage().kafkon('start', 'zookeeper');
    expect(await readAll(clientOf(withPassword('shop')), 'inside', (values) => values.includes('inside'))).toContain('inside');
    await stage().kafkon('down', 'zookeeper');
    const { engine } = stage();
    expect(await engine.labelled('kafkon.dev/cluster', 'e2e-zk')).toEqual([]);
    expect(await engine.networks('kafkon.dev/cluster', 'e2e-zk')).toEqual([]);
    expect(await engine.volumes('kafkon.dev/cluster', 'e2e-zk')).toHaveLength(6);
    await stage().kafkon('down', 'zookeeper', '--volumes', '--yes');
    expect(await engine.volumes('kafkon.dev/cluster', 'e2e-zk')).toEqual([]);
  });

  function admin(): readonly string[] {
    const own = join(stage().directory, 'secrets', 'certificates', 'convergence');
    return ['--listener', 'CERT', '--certificate-dir', own, '--secrets-dir', join(stage().directory, 'secrets')];
  }
});
