import { describe, expect, it } from '@jest/globals';
import { terraformOf } from '../../../lib/docker';
import { environmentLoader, memoryFileSystem } from '../../../lib/environment';
import { EngineRefusal, readStack, type Stack } from '../../../lib/lifecycle';
import { exported, type FakeHost, fakeHost } from '../../support/docker/fake-ports';
import { orders, rehearse } from './rehearsal';

const file = 'environments/orders/development.yaml';
const published = orders.replace(
  'security: plaintext }',
  'security: plaintext }\n  - { name: HOST, port: 19092, security: plaintext, scope: external }',
);
const secured = published.replaceAll('security: plaintext', 'security: scram').concat('serviceAccounts: { shop: {} }\n');

/** A host for the environment of a file, whose only node is the active controller. */
function hostFor(text: string): { readonly host: FakeHost; readonly stack: Stack } {
  const { environment, problems } = environmentLoader(memoryFileSystem({ [file]: text })).load('orders/development');
  if (environment === undefined) throw new Error(problems.map(({ message }) => message).join('\n'));
  const stack = readStack(terraformOf(environment).get('cdk.tf.json') ?? '', '/project/dist/docker/orders/development');
  const host = fakeHost(stack);
  host.metrics.set('kafka-0', exported({ controller: true }));
  return { host, stack };
}

const run = (host: FakeHost, ...words: readonly string[]) => rehearse({ files: { [file]: published }, docker: host }, ...words);

async function upHost(): Promise<FakeHost> {
  const { host } = hostFor(published);
  expect((await run(host, 'up', 'orders/development')).code).toBe(0);
  host.done.length = 0;
  return host;
}

describe('kafkon up', () => {
  it('applies, waits, and prints where everything is', async () => {
    const { host } = hostFor(published);
    const { code, out, err, written } = await run(host, 'up', 'orders/development');
    expect(code).toBe(0);
    expect(host.done).toEqual(['apply all']);
    expect([...written.keys()]).toEqual(['dist/docker/orders/development/cdk.tf.json']);
    expect(out).toContain('localhost:19092');
    expect(err).toContain('kafka-0 is the active controller');
    expect(err).toContain('2 steps');
    expect(err).toContain('all 2 done');
  });

  it('says nothing of topics where they are to be left alone', async () => {
    const { err } = await run(hostFor(published).host, 'up', 'orders/development', '--no-topics');
    expect(err).not.toContain('topics');
  });

  it('prints the address book as JSON', async () => {
    const { out } = await run(hostFor(published).host, 'up', 'orders/development', '-o', 'json');
    expect(JSON.parse(out)).toMatchObject({ bootstrap: [{ listener: 'INTERNAL' }, { listener: 'HOST', servers: 'localhost:19092' }] });
  });

  it('makes nothing on a machine that is not fit, and tells every reason', async () => {
    const { host } = hostFor(published);
    host.takenPorts.add(19_092);
    host.missingImages.add('apache/kafka:3.9.2');
    const { code, err, written } = await run(host, 'up', 'orders/development');
    expect(code).toBe(1);
    expect(err).toContain('[docker/port-taken]');
    expect(err).toContain('[docker/image-missing]');
    expect({ done: host.done, written: written.size }).toEqual({ done: [], written: 0 });
  });

  it('makes nothing of an environment with errors', async () => {
    const { host } = hostFor(published);
    const files = { [file]: published.replace('ids: [0]', 'ids: [0, 0]') };
    expect((await rehearse({ files, docker: host }, 'up', 'orders/development')).code).toBe(1);
    expect(host.done).toEqual([]);
  });

  it('destroys no node that has left the file unless it is named', async () => {
    const host = await upHost();
    const labels = { 'kafkon.dev/component': 'kafka', 'kafkon.dev/role': 'controller', 'kafkon.dev/node': '9' };
    const gone = (): void => {
      host.changes = [{ address: 'docker_volume.orders-kafka-9-data', action: 'delete', was: { name: 'orders-kafka-9-data', labels } }];
    };
    gone();
    const { code, err } = await run(host, 'up', 'orders/development', '--no-topics');
    expect(code).toBe(1);
    expect(err).toContain('error: nodePools: kafka-9 is no longer in the environment');
    expect(err).toContain('[docker/node-removed]');
    expect(host.done).toEqual([]);
    gone();
    expect((await run(host, 'up', 'orders/development', '--no-topics', '--remove', 'kafka-9')).code).toBe(0);
    expect(host.done).toEqual(['forget volumes']);
  });

  it('asks before it begins with empty volumes', async () => {
    const stage = { files: { [file]: published } };
    const refused = await rehearse({ ...stage, docker: await upHost() }, 'up', 'orders/development', '--clean');
    expect(refused.code).toBe(2);
    expect(refused.err).toContain('give --yes');
    const no = await upHost();
    expect((await rehearse({ ...stage, docker: no, answers: ['no'] }, 'up', 'orders/development', '--clean')).code).toBe(1);
    expect(no.done).toEqual([]);
    const yes = await upHost();
    await rehearse({ ...stage, docker: yes, answers: ['yes'] }, 'up', 'orders/development', '--clean');
    expect(yes.done).toContain('remove volume orders-kafka-0-data');
  });

  it('brings one more copy up under another name', async () => {
    const { host } = hostFor(published);
    const { err, written } = await run(
      host,
      'up',
      'orders/development',
      '--project-name',
      'second',
      '--port-offset',
      '1000',
      '--timeout',
      '5',
    );
    expect([...written.keys()]).toEqual(['dist/docker/orders/development@second/cdk.tf.json']);
    expect(err).toContain('there is no container second-kafka-0');
  });

  it.each([
    ['--project-name', 'Second!'],
    ['--port-offset', '-1'],
    ['--timeout', 'soon'],
    ['--frobnicate', '1'],
  ])('refuses %s %s', async (option, value) => {
    expect((await run(hostFor(published).host, 'up', 'orders/development', option, value)).code).toBe(2);
  });

  it('says so where no engine answers', async () => {
    const { code, err } = await rehearse({ files: { [file]: published } }, 'up', 'orders/development');
    expect(code).toBe(1);
    expect(err).toContain('[docker/engine-unreachable]');
  });
});

describe('kafkon down', () => {
  it('stops in good order, removes, and keeps data', async () => {
    const host = await upHost();
    const { code, out } = await run(host, 'down', 'orders/development');
    expect(code).toBe(0);
    expect(host.done).toEqual(['stop kafka-0', 'destroy']);
    expect(out).toBe('orders/development is down, its data is kept\n');
  });

  it('removes data only when told twice', async () => {
    const host = await upHost();
    expect((await run(host, 'down', 'orders/development', '--volumes')).code).toBe(2);
    expect(host.done).toEqual([]);
    const { err, out } = await run(host, 'down', 'orders/development', '--volumes', '--yes');
    expect(err).toContain('will be lost for good: every topic, offset and user in orders-kafka-0-data');
    expect(out).toContain('its data is gone');
  });
});

describe('kafkon start, stop and restart', () => {
  it('leave containers where they are', async () => {
    const host = await upHost();
    await run(host, 'stop', 'orders/development');
    expect(host.containers.get('kafka-0')?.state).toBe('exited');
    await run(host, 'start', 'orders/development');
    await run(host, 'restart', 'orders/development');
    expect(host.done).toEqual(['stop kafka-0', 'start kafka-0', 'stop kafka-0', 'start kafka-0']);
  });

  it('have nothing to start where nothing is', async () => {
    const { code, err } = await run(hostFor(published).host, 'start', 'orders/development');
    expect(code).toBe(1);
    expect(err).toContain('orders is not up: no container of kafka-0');
  });
});

describe('kafkon status', () => {
  it('shows every service as a table, and as data', async () => {
    const host = await upHost();
    const { out } = await run(host, 'status', 'orders/development');
    expect(out.split('\n').map((line) => line.split(/ {2,}/))).toEqual([
      ['orders/development is up'],
      ['SERVICE', 'STATE', 'HEALTH', 'PORTS', 'UPTIME', 'MEMORY', 'RESTARTS', 'PENDING'],
      ['kafka-0', 'running', 'healthy', '-', '1 h', '300Mi', '0', '-'],
      [''],
    ]);
    expect(JSON.parse((await run(host, 'status', 'orders/development', '-o', 'json')).out)).toMatchObject({
      environment: 'orders/development',
      standing: 'up',
      services: [{ service: 'kafka-0', uptimeSeconds: 3600 }],
    });
  });

  it('says that a restart is pending', async () => {
    const host = await upHost();
    const files = { [file]: published.replace("version: '3.9.2'", "version: '3.9.2'\n  config: { num.io.threads: 9 }") };
    expect((await rehearse({ files, docker: host }, 'status', 'orders/development')).out).toMatch(/ restart$/m);
  });

  it('is no failure where nothing is up', async () => {
    const { code, out } = await run(hostFor(published).host, 'status', 'orders/development');
    expect([code, out.split('\n')[0]]).toEqual([0, 'orders/development is down']);
  });
});

describe('kafkon list', () => {
  it('shows every environment and every cluster on the host', async () => {
    const host = await upHost();
    const other = host.containers.get('kafka-0');
    if (other !== undefined)
      host.containers.set('x', { ...other, name: 'x', health: 'starting', labels: { 'kafkon.dev/cluster': 'elsewhere' } });
    const files = {
      [file]: published,
      'environments/quiet.yaml': published.replace('name: orders', 'name: quiet'),
      'environments/base.yaml': 'abstract: true\n',
    };
    const { out } = await rehearse({ files, docker: host }, 'list');
    expect(out.split('\n').map((line) => line.split(/ {2,}/).join(' | '))).toEqual([
      'ENVIRONMENT | CLUSTER | PLATFORM | STANDING | CONTAINERS',
      'orders/development | orders | docker | up | 2',
      'quiet | quiet | - | down | 0',
      '- | elsewhere | docker | down | 1',
      '',
    ]);
  });

  it('tells of a file that cannot be read, and of an engine that refuses', async () => {
    const host = await upHost();
    const files = { [file]: published, 'environments/torn.yaml': 'name: [\n' };
    const { code, out, err } = await rehearse({ files, docker: host }, 'list');
    expect([code, out.split('\n').length]).toEqual([0, 3]);
    expect(err).toContain('warning: torn is left out, since its name is not known; kafkon validate torn says why\n');
    const refuse = () => Promise.reject(new EngineRefusal(500, 'the storage driver is gone'));
    const refusing = { ...host, engine: { ...host.engine, labelled: refuse } };
    const refused = await rehearse({ files, docker: refusing }, 'list');
    expect([refused.code, refused.err]).toEqual([1, expect.stringContaining('the storage driver is gone [docker/refused]')]);
  });
});

describe('kafkon logs', () => {
  it('prints one service as it is, and all with their names', async () => {
    const host = await upHost();
    expect((await run(host, 'logs', 'orders/development', 'kafka-0')).out).toBe('kafka-0 says hello\n');
    expect((await run(host, 'logs', 'orders/development')).out).toBe('kafka-0 | kafka-0 says hello\n');
  });

  it('names the services where another one is asked for', async () => {
    const { code, err } = await run(await upHost(), 'logs', 'orders/development', 'kafka-7');
    expect(code).toBe(2);
    expect(err).toContain('has no service kafka-7; it has kafka-0');
  });
});

describe('kafkon brokers roll', () => {
  it('restarts nothing that has not changed, and all where asked to', async () => {
    const host = await upHost();
    expect((await run(host, 'brokers', 'orders/development', 'roll')).out).toContain('no node has changed');
    expect(host.done).toEqual([]);
    expect((await run(host, 'brokers', 'orders/development', 'roll', '--all')).out).toBe('1 restarted\n');
    expect((await run(host, 'brokers', 'orders/development', 'roll', 'kafka-0')).out).toBe('1 restarted\n');
    expect(host.done).toEqual(['stop kafka-0', 'start kafka-0', 'stop kafka-0', 'start kafka-0']);
  });

  it('refuses where writes would stop, unless forced', async () => {
    const host = await upHost();
    host.metrics.set('kafka-0', exported({ controller: true, atMinIsr: 1 }));
    const { code, err } = await run(host, 'brokers', 'orders/development', 'roll', '--all');
    expect(code).toBe(1);
    expect(err).toContain('[docker/roll-refused]');
    expect((await run(host, 'brokers', 'orders/development', 'roll', '--all', '--force')).code).toBe(0);
  });

  it('knows its nodes and its only action', async () => {
    const host = await upHost();
    expect((await run(host, 'brokers', 'orders/development', 'roll', 'kafka-7')).code).toBe(2);
    expect((await run(host, 'brokers', 'orders/development', 'explode')).code).toBe(2);
  });
});

describe('kafkon secrets init', () => {
  it('makes what is needed, and prints no value', async () => {
    const files = { [file]: secured };
    const { code, out, written } = await rehearse({ files }, 'secrets', 'orders/development', 'init');
    expect(code).toBe(0);
    const directory = '/project/dist/docker/orders/development/secrets';
    expect(out).toContain(`${directory}: `);
    const password = written.get(`${directory}/shop-password`);
    expect(password).toMatch(/^\w{24}$/);
    expect(out).not.toContain(password);
    expect(written.has(`${directory}/certificates/broker/keystore.p12`)).toBe(true);
  });

  it('says so where none are needed', async () => {
    expect((await rehearse({ files: { [file]: published } }, 'secrets', 'orders/development', 'init')).out).toBe(
      'orders/development needs no secrets\n',
    );
  });
});

describe('the help of every command about Docker', () => {
  it.each(['up', 'down', 'start', 'stop', 'restart', 'status', 'list', 'logs', 'brokers', 'secrets'])(
    'of %s has examples and exit codes',
    async (command) => {
      const { code, out } = await rehearse({ files: {} }, command, '--help');
      expect(code).toBe(0);
      expect(out).toContain('Examples:');
      expect(out).toContain('Exit status:');
    },
  );
});
