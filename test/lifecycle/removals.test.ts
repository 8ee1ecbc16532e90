import { describe, expect, it } from '@jest/globals';
import { type Change, changesOf, down, type LifecycleError, readStack, removalsOf, type Stack, up } from '../../lib/lifecycle';
import { containerState, exported, type FakeHost, fakeHost } from '../support/docker/fake-ports';
import { onDocker } from '../support/docker/small-cluster';

const { environment, stack } = onDocker();
const own = { 'kafkon.dev/cluster': 'orders' };
const options = { pull: false, force: false, timeoutSeconds: 60 };

/** What Terraform says of a container or volume that is in its state alone. */
function deletion(type: 'container' | 'volume', name: string, component: string, node?: number, role = component): Change {
  const labels = {
    'kafkon.dev/component': component,
    'kafkon.dev/role': role,
    ...(node === undefined ? {} : { 'kafkon.dev/node': String(node) }),
  };
  return { address: `docker_${type}.${name}`, action: 'delete', was: { name, labels } };
}

const fourth = [
  deletion('container', 'kafka-4', 'kafka', 4, 'broker'),
  deletion('volume', 'orders-kafka-4-data', 'kafka', 4, 'broker'),
  deletion('volume', 'orders-kafka-4-log', 'kafka', 4, 'broker'),
];

/** A host that is up, with a fourth broker that is no longer in the environment. */
function host(changes: readonly Change[] = fourth, replicas: number | 'unknown' = 0): FakeHost {
  const ports = fakeHost(stack);
  for (const { name } of stack.containers) ports.containers.set(name, containerState(name, own));
  ports.containers.set('kafka-4', containerState('kafka-4', own));
  ports.metrics.set('kafka-1', exported({ controller: true }));
  if (replicas !== 'unknown') ports.metrics.set('kafka-4', exported({ replicas }));
  ports.changes = [...changes];
  return ports;
}

async function run(ports: FakeHost, remove: readonly string[] = [], force = false): Promise<readonly string[]> {
  const lines: string[] = [];
  await up(ports, stack, environment, { ...options, remove, force }, (line) => lines.push(line));
  return lines;
}

const problemsOf = (ports: FakeHost, ...words: [(readonly string[])?, boolean?]) =>
  run(ports, ...words).then(
    () => [],
    (error: LifecycleError) => error.problems,
  );

describe('a node that is no longer in the environment', () => {
  it('is not destroyed with its data: nothing is done, and the problem says what to do first', async () => {
    const ports = host();
    const [problem, ...others] = await problemsOf(ports);
    expect(others).toEqual([]);
    expect(problem).toMatchObject({ code: 'docker/node-removed', severity: 'error', path: ['nodePools'] });
    expect(problem?.message).toBe(
      'kafka-4 is no longer in the environment, and Terraform would destroy it with its data in orders-kafka-4-data and orders-kafka-4-log; ' +
        'put it back, or move its replicas to other brokers with kafkon brokers <environment> rebalance --empty 4 and then let it go with ' +
        '--remove kafka-4: its volumes stay on the Docker host',
    );
    expect(ports.done).toEqual([]);
  });

  it('goes where it is named, and its volumes are forgotten before anything is applied', async () => {
    const ports = host();
    const lines = await run(ports, ['kafka-4']);
    expect(ports.done).toEqual(['forget volumes', 'apply all']);
    expect(lines).toContain('plan: 1 to delete');
    expect(lines.filter((line) => line.includes('stays on the Docker host'))).toHaveLength(2);
  });

  it('stays as long as it holds replicas, or nobody knows, unless forced', async () => {
    expect(await problemsOf(host(fourth, 7), ['kafka-4'])).toMatchObject([
      { code: 'docker/node-holds-replicas', message: expect.stringContaining('kafka-4 still holds 7 replicas; move them') },
    ]);
    expect(await problemsOf(host(fourth, 'unknown'), ['kafka-4'])).toMatchObject([
      { code: 'docker/node-holds-replicas', message: expect.stringContaining('does not tell how many replicas it holds') },
    ]);
    expect(await problemsOf(host(fourth, 7), ['kafka-4'], true)).toEqual([]);
  });

  it('may have lost its container already: its volume is no less worth', async () => {
    const ports = host(fourth.slice(1));
    expect((await problemsOf(ports)).map(({ code }) => code)).toEqual(['docker/node-removed']);
    expect(await problemsOf(host(fourth.slice(1)), ['kafka-4'])).toEqual([]);
  });

  it('is refused without volumes too, which are directories of the host then', async () => {
    const [problem] = await problemsOf(host(fourth.slice(0, 1)));
    expect(problem?.message).toBe(
      'kafka-4 is no longer in the environment, and Terraform would destroy it; put it back, or move its replicas to other brokers with ' +
        'kafkon brokers <environment> rebalance --empty 4 and then let it go with --remove kafka-4',
    );
  });

  it('is told of for every node at once, each by what it is', async () => {
    const others = [
      deletion('container', 'zookeeper-4', 'zookeeper', 4),
      deletion('volume', 'orders-zookeeper-4-data', 'zookeeper', 4),
      deletion('container', 'kafka-9', 'kafka', 9, 'controller'),
    ];
    const problems = await problemsOf(host([...fourth, ...others]), ['kafka-4']);
    expect(problems.map(({ path, message }) => [path, /and then|majority/.exec(message)?.[0], message.split(' ')[0]])).toEqual([
      [['nodePools'], 'majority', 'kafka-9'],
      [['metadata', 'ensemble'], 'majority', 'zookeeper-4'],
    ]);
  });
});

describe('a volume that is no longer in the environment', () => {
  const dropped = [
    deletion('volume', 'orders-kafka-1-second', 'kafka', 1, 'broker'),
    deletion('volume', 'orders-prometheus-data', 'prometheus'),
  ];

  it('of something that stays is not destroyed either, and goes by its own name', async () => {
    const problems = await problemsOf(host(dropped));
    expect(problems.map(({ code, path }) => [code, path])).toEqual([
      ['docker/volume-removed', ['nodePools']],
      ['docker/volume-removed', ['companions']],
    ]);
    expect(problems[0]?.message).toContain('--remove orders-kafka-1-second');
    const ports = host(dropped);
    expect(
      await problemsOf(
        ports,
        dropped.map(({ was }) => was?.name ?? ''),
      ),
    ).toEqual([]);
    expect(ports.done).toEqual(['forget volumes']);
  });

  it('is nothing to ask about where it is filled anew', () => {
    expect(removalsOf([deletion('volume', 'orders-kafka-agents', 'agents')], stack)).toEqual([]);
  });
});

describe('what is no removal', () => {
  it.each<[string, Change]>([
    ['a program beside Kafka', deletion('container', 'kafka-ui', 'kafka-ui')],
    ['what prepares', deletion('container', 'orders-kafka-prepare', 'prepare')],
    ['a node under a new name of its container', deletion('container', 'old_kafka_1', 'kafka', 1, 'broker')],
    ['a replacement', { address: 'docker_container.kafka-1', action: 'replace' }],
    ['a network', { address: 'docker_network.old', action: 'delete', was: { name: 'old', labels: {} } }],
  ])('is %s', (_, change) => {
    expect(removalsOf([change], stack)).toEqual([]);
  });
});

describe('the plan', () => {
  it('tells what a deleted resource was', () => {
    const before = { name: 'kafka-4', labels: [{ label: 'kafkon.dev/node', value: '4' }] };
    expect(changesOf([{ address: 'docker_container.kafka-4', change: { actions: ['delete'], before } }])).toEqual([
      { address: 'docker_container.kafka-4', action: 'delete', was: { name: 'kafka-4', labels: { 'kafkon.dev/node': '4' } } },
    ]);
  });
});

describe('taking an environment away from which a node was removed', () => {
  const inState = ['docker_volume.orders-kafka-4-data', 'docker_volume.orders-kafka-agents', 'docker_container.kafka-1'];
  const withAgents: Stack = {
    ...readStack('{}', stack.directory),
    volumes: [{ address: 'docker_volume.orders-kafka-agents', name: 'orders-kafka-agents', kept: false }],
  };

  it('never names its volume to Terraform, and has it forgotten where data is to go', async () => {
    const ports = host([]);
    const [named, forgotten]: string[][] = [[], []];
    ports.terraform.resources = async () => inState;
    ports.terraform.destroy = async (_, { targets = [] }) => void named?.push(...targets);
    ports.terraform.forget = async (_, addresses) => void forgotten?.push(...addresses);
    await down(ports, withAgents, environment, { force: true, volumes: true }, () => {});
    expect(named).toEqual(['docker_volume.orders-kafka-agents', 'docker_container.kafka-1']);
    expect(forgotten).toContain('docker_volume.orders-kafka-4-data');
  });
});
