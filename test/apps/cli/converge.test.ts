import { describe, expect, it } from '@jest/globals';
import { environmentLoader, memoryFileSystem } from '../../../lib/environment';
import { ClusterFailure, MemoryCluster, memoryAdmin } from '../../../lib/kafka';
import { orders, rehearse } from './rehearsal';

const files = { 'environments/orders/development.yaml': orders };
const at = ['orders/development', '--bootstrap-server', 'localhost:9092'] as const;
const pinned = 'BwcHBwcHBwcHBwcHBwcHBw';

const running = (clusterId = pinned) => new MemoryCluster({ clusterId, brokers: [{ id: 0 }], authorizer: false });

describe('kafkon plan, apply and drift', () => {
  it('say what is missing, make it, and find nothing more', async () => {
    const cluster = running();
    const planned = await rehearse({ files, cluster }, 'plan', ...at);
    expect(planned.err).toBe('');
    expect(planned.out).toBe(`orders on cluster ${pinned}: 2 steps

  + topic order.events: 12 partitions, 1 replica
  + topic orders: 6 partitions, 1 replica, retention.ms=86400000
`);
    expect((await rehearse({ files, cluster }, 'drift', ...at)).code).toBe(3);
    const applied = await rehearse({ files, cluster }, 'apply', ...at);
    expect({ code: applied.code, last: applied.out.split('\n').at(-2) }).toEqual({
      code: 0,
      last: `orders on cluster ${pinned}: all 2 done`,
    });
    expect((await rehearse({ files, cluster }, 'drift', ...at)).code).toBe(0);
    expect([...cluster.state.topics.keys()].sort()).toEqual(['_kafkon', 'order.events', 'orders']);
  });

  it('apply exactly a plan from a file, once', async () => {
    const cluster = running();
    const { written } = await rehearse({ files, cluster }, 'plan', ...at, '--out', 'plan.json');
    const withPlan = { ...files, 'plan.json': written.get('plan.json') ?? '' };
    const words = ['apply', 'plan.json', '--bootstrap-server', 'localhost:9092'];
    expect((await rehearse({ files: withPlan, cluster }, ...words)).code).toBe(0);
    const again = await rehearse({ files: withPlan, cluster }, ...words);
    expect(again.code).toBe(1);
    expect(again.err).toContain(
      'error: the plan is stale, make a new one; changed since: topic order.events, topic orders, ownership [converge/stale]',
    );
  });

  it('take a resolved environment in parts, as the Job in the manifests gives it', async () => {
    const { environment } = environmentLoader(memoryFileSystem(files)).load('orders/development');
    const text = JSON.stringify(environment);
    const parts = {
      '/etc/kafkon/desired/environment.json.000': text.slice(0, 100),
      '/etc/kafkon/desired/environment.json.001': text.slice(100),
    };
    const desired = Object.keys(parts).flatMap((part) => ['--desired', part]);
    const cluster = running();
    const { code, err } = await rehearse(
      { files: parts, cluster },
      'apply',
      ...desired,
      '--listener',
      'INTERNAL',
      '--bootstrap-server',
      'kafka-0:9092',
      '--schema-registry',
      'http://registry:8081',
    );
    expect({ code, err: err.includes('error') }).toEqual({ code: 0, err: false });
    expect(cluster.state.topics.has('orders')).toBe(true);
  });

  it('ask a person before anything, and about each dangerous step by its topic', async () => {
    const cluster = running();
    expect((await rehearse({ files, cluster, answers: ['no'] }, 'apply', ...at)).code).toBe(1);
    expect(cluster.state.topics.size).toBe(0);
    await rehearse({ files, cluster, answers: ['yes'] }, 'apply', ...at);
    const shorter = { 'environments/orders/development.yaml': orders.replace('86400000', '1000') };
    const refused = await rehearse({ files: shorter, cluster, answers: ['yes', 'no'] }, 'apply', ...at);
    expect(refused.out).toContain('skipped topic orders: retention.ms 86400000 → 1000: it needs --allow data-loss [needs-consent]');
    expect((await rehearse({ files: shorter, cluster, answers: ['yes', 'yes'] }, 'apply', ...at)).code).toBe(0);
  });

  it('refuse the wrong cluster, one that does not answer, and a wrong password, each in a line', async () => {
    const other = await rehearse({ files, cluster: running('AAAAAAAAAAAAAAAAAAAAAA') }, 'apply', ...at);
    expect({ code: other.code, err: other.err }).toEqual({
      code: 1,
      err: `error: this is the cluster AAAAAAAAAAAAAAAAAAAAAA, and the environment is pinned to ${pinned}; look at the address, or pin it anew [converge/wrong-cluster]\n`,
    });
    const dead = new MemoryCluster({
      before: () => {
        throw new ClusterFailure('unreachable', 'no broker answers');
      },
    });
    expect((await rehearse({ files, cluster: dead }, 'plan', ...at)).err).toBe(
      'error: localhost:9092: no broker answers; look at the address, and whether the brokers run [cluster/unreachable]\n',
    );
    const wrong = new MemoryCluster({
      before: () => {
        throw new ClusterFailure('authentication-failed', 'the cluster refused the user or the password');
      },
    });
    expect((await rehearse({ files, cluster: wrong }, 'drift', ...at)).code).toBe(1);
  });

  it('want the address of a listener that is not published', async () => {
    const { code, err } = await rehearse({ files, cluster: running() }, 'plan', 'orders/development');
    expect(code).toBe(2);
    expect(err).toBe('error: no listener is published; name one of INTERNAL with --listener, and its address with --bootstrap-server\n');
  });
});

describe('kafkon topics', () => {
  it('adopts a topic that was there before, so that apply changes it, and releases it again', async () => {
    const cluster = running();
    await memoryAdmin(cluster).createTopics([{ name: 'orders', partitions: 6, replicationFactor: 1, config: {} }]);
    const before = await rehearse({ files, cluster }, 'apply', ...at);
    expect(before.out).toContain('failed topic orders: it exists, differs from what is declared, and is not owned: ');
    const [environment, ...connection] = at;
    const adopted = await rehearse({ files, cluster }, 'topics', environment, 'adopt', 'ord*', 'nothing', ...connection);
    expect({ out: adopted.out, err: adopted.err, code: adopted.code }).toEqual({
      out: 'adopted orders\n',
      err: 'error: nothing is not both declared and there\n',
      code: 1,
    });
    expect((await rehearse({ files, cluster }, 'apply', ...at, '--allow', 'data-loss')).code).toBe(0);
    expect(cluster.state.topics.get('orders')?.config.get('retention.ms')).toBe('86400000');
    expect((await rehearse({ files, cluster }, 'topics', environment, 'release', 'orders', ...connection)).out).toBe('released orders\n');
    expect((await rehearse({ files, cluster }, 'plan', ...at)).out).toContain('the topic orders is as declared and not owned');
  });
});

describe('kafkon cluster', () => {
  it('pins an environment to the cluster it finds, and refuses another', async () => {
    const [environment, ...connection] = at;
    const right = await rehearse({ files, cluster: running() }, 'cluster', environment, 'pin', ...connection);
    expect({ code: right.code, out: right.out }).toEqual({ code: 0, out: `clusterId: ${pinned}\n` });
    expect((await rehearse({ files, cluster: running('AAAAAAAAAAAAAAAAAAAAAA') }, 'cluster', environment, 'pin', ...connection)).code).toBe(
      1,
    );
  });
});
