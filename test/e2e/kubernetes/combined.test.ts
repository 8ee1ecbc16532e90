import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, it } from '@jest/globals';
import { readBackup } from '../../../lib/operate';
import { readAll, roundTrip, send, startStream, topicReady } from '../../support/docker/record-check';
import { waitFor } from '../../support/kafka/wait-for';
import { alone } from '../../support/kubernetes/alone';
import { asBroker } from '../../support/kubernetes/broker-tool';
import { Clients } from '../../support/kubernetes/clients';
import { evict, kill } from '../../support/kubernetes/faults';
import { type Item, isReady, type Metadata } from '../../support/kubernetes/objects';
import { watchPods } from '../../support/kubernetes/pod-watch';
import { step } from '../../support/kubernetes/steps';
import { withStrangeCertificate } from '../../support/kubernetes/strange-certificate';
import { stageOf } from '../../support/kubernetes/suite-stage';
import { describeWith } from '../../support/parts';

describeWith(['kubectl', 'kubernetes-node', 'kubernetes-definitions'], 'three secured nodes that are broker and controller', () => {
  const stage = stageOf('combined');
  let clients: Clients;
  const refused = { done: false, error: expect.stringMatching(/TOPIC_AUTHORIZATION_FAILED|Not authorized to access topics/) };
  const platform = ['--platform', 'kubernetes'] as const;
  const uids = async () => (await stage().namespace.pods('app.kubernetes.io/name=kafka')).map(({ metadata }) => metadata.uid);
  const both = { steps: ['produce', 'consume'], topic: 'orders' } as const;

  it('are refused before anything is made where nobody has brought the Secrets', async () => {
    const { code, err } = await step('combined: kafkon up without Secrets', () => stage().attempt('up', 'combined', ...platform));
    expect([code, err]).toEqual([
      1,
      expect.stringMatching(/there is no Secret kafka-secrets with .*keystore-password.* \[kubernetes\/secret-missing\]/),
    ]);
    expect((await stage().namespace.attempt(['get', 'namespace', stage().namespace.name])).code).not.toBe(0);
  });

  it('come up, with restricted pod security enforced, and are converged from the tools image', async () => {
    await stage().secretsThere();
    const { out } = await step('combined: kafkon up', () => stage().kafkon('up', 'combined', ...platform));
    expect(out).toContain('kafka.orders.example.com');
    const { metadata } = await stage().namespace.get<{ metadata: Metadata }>('namespace', stage().namespace.name);
    expect(metadata.labels?.['pod-security.kubernetes.io/enforce']).toBe('restricted');
    expect(await stage().ready()).toHaveLength(3);
    expect(await stage().namespace.killedByProbes()).toEqual([]);
    expect(await stage().converged()).toContain('orders');
  });

  it('serve declared accounts inside, and refuse others', async () => {
    clients = await step('combined: a pod for clients runs', () => Clients.start(stage(), 'EXTERNAL'));
    await step('combined: clients inside produce and consume, or are refused', async () => {
      expect(await clients.inside('INTERNAL', clients.password('orders-service'), both)).toEqual({ done: true });
      expect(await clients.inside('INTERNAL', clients.password('stranger'), both)).toEqual(refused);
      const wrong = await clients.inside('INTERNAL', clients.password('orders-service', 'wrong'), both);
      expect(wrong).toEqual({ done: false, error: expect.stringMatching(/SASL|authentication/i) });
      const shipping = await clients.certificate('shipping-service');
      expect(await clients.inside('SERVICES', shipping, { steps: ['produce'], topic: 'shipments' })).toEqual({ done: true });
      expect(await clients.inside('SERVICES', shipping, { steps: ['produce'], topic: 'orders' })).toEqual(refused);
      expect((await clients.inside('SERVICES', clients.nobody(), both)).done).toBe(false);
    });
  });

  it('serve declared accounts outside, and refuse others', async () => {
    await step('combined: clients outside produce and consume, or are refused', async () => {
      const orders = clients.outside(clients.password('orders-service'));
      await topicReady(orders, 'orders', 6, 3);
      expect(await roundTrip(orders, 'orders')).toHaveLength(5);
      await expect(roundTrip(clients.outside(clients.password('stranger'), false), 'orders')).rejects.toThrow(/not authorized/i);
      const wrong = clients.outside(clients.password('orders-service', 'wrong'), false).admin();
      await expect(wrong.connect()).rejects.toThrow(/authentication/i);
    });
  });

  it('lose nothing and keep the order when a pod is killed', async () => {
    const stream = await startStream(clients.outside(clients.password('orders-service')), 'orders');
    await step('combined: a broker is killed and comes back, under a producer', async () => {
      await waitFor('records', () => stream.acknowledged() > 100);
      await kill(stage().namespace, 'kafka-1');
      const before = stream.acknowledged();
      await waitFor('records with a broker gone', () => stream.acknowledged() > before + 100);
      await stage().ready();
    });
    expect(await step('combined: all that was acknowledged is read back', () => stream.outcome())).toEqual({ lost: [], reordered: [] });
  });

  it('let one be evicted and not a second', async () => {
    await step('combined: one of two evictions is refused', async () => {
      expect((await evict(stage().namespace, 'kafka-0')).code).toBe(0);
      const second = await evict(stage().namespace, 'kafka-2');
      expect(second.code).not.toBe(0);
      expect(second.error).toMatch(/disruption budget/);
      await stage().ready();
    });
  });

  it('keep every pod when a topic is added', async () => {
    const before = await uids();
    stage().edit((text) => text.replace('topics:\n', 'topics:\n  returns: { description: What came back }\n'));
    await step('combined: kafkon up with a topic more', () => stage().kafkon('up', 'combined', ...platform));
    expect(await uids()).toEqual(before);
    expect(await stage().converged()).toContain('returns');
  });

  it('say that a restart is pending after a new version and a changed setting, and run as before', async () => {
    const before = await uids();
    stage().edit((text) =>
      text
        .replace('version: "3.9.2"', 'version: "4.3.1"')
        .replace('min.insync.replicas: 2\n', 'min.insync.replicas: 2\n    num.io.threads: 4\n'),
    );
    const { err } = await step('combined: kafkon up with the next version', () => stage().kafkon('up', 'combined', ...platform));
    expect(err).toMatch(/kafka-0.*kafka-1.*kafka-2 run as before/);
    expect(await uids()).toEqual(before);
    expect((await stage().kafkon('status', 'combined', ...platform)).out.match(/ restart$/gm)).toHaveLength(3);
  });

  it('are upgraded by a roll, one pod at a time, and no write fails', async () => {
    const stream = await startStream(clients.outside(clients.password('orders-service')), 'orders');
    const seen = await alone(async () => {
      const watch = watchPods(stage().namespace, 'app.kubernetes.io/name=kafka');
      await step('combined: kafkon brokers roll, under a producer', () => stage().kafkon('brokers', 'combined', 'roll', ...platform));
      return watch.end();
    });
    expect(seen).toEqual({ fewestReady: 2, replaced: 3 });
    expect(stream.failed()).toBe(0);
    expect(await stream.outcome()).toEqual({ lost: [], reordered: [] });
    for (const { spec } of await stage().namespace.pods('app.kubernetes.io/name=kafka')) {
      expect(spec.containers.map(({ image }) => image)).toEqual(['apache/kafka:4.3.1']);
    }
    expect((await stage().kafkon('status', 'combined', ...platform)).out).not.toMatch(/ restart$/m);
  });

  it('use what the new version can once they are told to', async () => {
    const features = (...words: readonly string[]) => asBroker(stage(), 'kafka-0', 'org.apache.kafka.tools.FeatureCommand', ...words);
    expect(await features('describe')).toMatch(/metadata\.version.*FinalizedVersionLevel: 3\.9-IV0/);
    await step('combined: the metadata version is raised', () => features('upgrade', '--release-version', '4.3'));
    expect(await features('describe')).toMatch(/metadata\.version.*FinalizedVersionLevel: 4\.3/);
    expect(await roundTrip(clients.outside(clients.password('orders-service')), 'orders')).toHaveLength(5);
  });

  it('leave one alone whose certificate is of another authority, and say so, and nobody kills it', async () => {
    const { namespace } = stage();
    const status = async () => (await stage().kafkon('status', 'combined', ...platform)).out;
    await step('combined: a broker with a strange certificate tells why it is not ready', () =>
      withStrangeCertificate(stage(), async () => {
        await kill(namespace, 'kafka-2');
        await waitFor('the reason', async () => /^kafka-2: .*(?:SSL handshake failed|SSLHandshakeException)/m.test(await status()), {
          deadlineMs: 240_000,
          everyMs: 3000,
        });
      }),
    );
    expect((await namespace.pods('app.kubernetes.io/name=kafka')).filter(isReady).map(({ metadata }) => metadata.name)).toEqual([
      'kafka-0',
      'kafka-1',
    ]);
    expect(await namespace.killedByProbes()).toEqual([]);
  });

  // The one with the strange certificate comes back with the others, and has the right one by then.
  it('keep their data when they are stopped and started', async () => {
    const orders = clients.outside(clients.password('orders-service'));
    await send(orders, 'orders', ['kept']);
    await step('combined: kafkon stop', () => stage().kafkon('stop', 'combined', ...platform));
    expect(await uids()).toEqual([]);
    expect((await stage().kafkon('list', ...platform)).out).toContain('combined');
    await step('combined: kafkon start', () => stage().kafkon('start', 'combined', ...platform));
    expect(await readAll(orders, 'orders', (values) => values.includes('kept'))).toContain('kept');
    expect((await stage().kafkon('logs', 'combined', 'kafka-0', '--tail', '3', ...platform)).out.trim().split('\n')).toHaveLength(3);
  });

  it('go down, with their data where that is asked for, and nothing is left', async () => {
    const { namespace } = stage();
    await namespace.kubectl(['delete', 'pod', 'client', '--ignore-not-found', '--grace-period=0', '--force']);
    // Nobody needs what the nodes would hand over to each other.
    const backups = join(stage().folder, 'backups');
    const { err } = await step('combined: kafkon down, data too, after a backup from inside', () =>
      stage().kafkon('down', 'combined', `--backup=${backups}`, '--force', '--volumes', '--yes', ...platform),
    );
    const [file = ''] = readdirSync(backups);
    expect(file).toMatch(/^e2e-combined-.*\.json$/);
    expect(readBackup(readFileSync(join(backups, file), 'utf8')).backup?.topics.map(({ name }) => name)).toEqual(
      expect.arrayContaining(['orders', 'returns', 'shipments']),
    );
    expect(err.match(/PersistentVolumeClaim data-kafka-\d is removed, with its data/g)).toHaveLength(3);
    expect(await namespace.list('persistentvolumeclaims')).toEqual([]);
    expect(await namespace.list('statefulsets,services,jobs,configmaps,poddisruptionbudgets,pods', 'kafkon.dev/environment')).toEqual([]);
    // Neither the namespace nor the Secrets are what kafkon made here.
    expect((await namespace.list<Item>('secrets')).map(({ metadata }) => metadata.name)).toContain('kafka-secrets');
  });
});
