import { describe, expect, it } from '@jest/globals';
import { apply, ConvergeError, planWithImpact, readLive } from '../../lib/converge';
import { aclKey } from '../../lib/model';
import { converge, Killed, planFor, portsOf, putTopic, testCluster } from '../support/converge/cluster';
import { desiredWith } from '../support/converge/desired';

const topic = { name: 'orders', partitions: 1, replicationFactor: 1, config: {} };

async function refusalOf(act: Promise<unknown>): Promise<string> {
  return act.then(
    () => 'no refusal',
    (error: unknown) => (error instanceof ConvergeError ? `${error.code}: ${error.message}` : Promise.reject(error)),
  );
}

describe('apply', () => {
  it('refuses another cluster than the pinned one, before anything is read of it', async () => {
    const wanted = desiredWith({ clusterId: 'AAAAAAAAAAAAAAAAAAAAAA', topics: [topic] });
    const asked: string[] = [];
    const ports = portsOf(testCluster(), (request, moment) => {
      if (moment === 'before') asked.push(request);
    });
    expect(await refusalOf(planFor(wanted, ports))).toBe(
      'wrong-cluster: this is the cluster 4L6g3nShT-eMCtK--X86sw, and the environment is pinned to AAAAAAAAAAAAAAAAAAAAAA; look at the address, or pin it anew',
    );
    expect(asked).toEqual(['read', 'cluster']);
  });

  it('writes nothing to a cluster that is not pinned, unless it is for development', async () => {
    const cluster = testCluster();
    const wanted = desiredWith({ clusterId: undefined, topics: [topic] });
    expect(await refusalOf(converge(wanted, portsOf(cluster)))).toMatch(/^unpinned: .*clusterId: 4L6g3nShT-eMCtK--X86sw/);
    expect(cluster.memory.state.topics.size).toBe(0);
    await converge({ ...wanted, kind: 'development' }, portsOf(cluster));
    expect([...cluster.memory.state.topics.keys()]).toEqual(['_kafkon', 'orders']);
  });

  it('refuses a stale plan with what has changed', async () => {
    const cluster = testCluster();
    const made = await planFor(desiredWith({ topics: [topic] }), portsOf(cluster));
    putTopic(cluster, 'orders', [[1]]);
    expect(await refusalOf(apply(JSON.parse(JSON.stringify(made)), portsOf(cluster)))).toBe(
      'stale: the plan is stale, make a new one; changed since: topic orders',
    );
  });

  describe.each(['kraft', 'zookeeper'] as const)('told what the plan was made of, with %s', (metadata) => {
    const planned = async () => {
      const cluster = testCluster({ metadata });
      const wanted = desiredWith({ topics: [topic] });
      const live = await readLive(wanted, portsOf(cluster));
      return { cluster, live, made: await planWithImpact(wanted, live, portsOf(cluster).admin) };
    };

    it('reads again before it writes unless the metadata log shows that nothing has changed', async () => {
      const { cluster, live, made } = await planned();
      const asked: string[] = [];
      const ports = portsOf(cluster, (request, moment) => {
        if (moment === 'before') asked.push(request);
      });
      expect((await apply(made, ports, { live })).status).toBe('complete');
      expect(asked.slice(0, asked.indexOf('createTopics')).includes('topics')).toBe(metadata === 'zookeeper');
    });

    it('refuses a plan that has become stale all the same', async () => {
      const { cluster, live, made } = await planned();
      putTopic(cluster, 'orders', [[1]]);
      expect(await refusalOf(apply(made, portsOf(cluster), { live }))).toMatch(/^stale: .* changed since: topic orders$/);
    });
  });

  it('never takes a cluster whose topics it may not see for an empty one', async () => {
    const cluster = testCluster();
    putTopic(cluster, 'orders', [[1]]);
    cluster.memory.state.users.set('app', new Map([['SCRAM-SHA-512', { iterations: 4096, password: 'secret' }]]));
    for (const operation of ['DESCRIBE', 'DESCRIBE_CONFIGS'] as const) {
      const entry = {
        principal: 'User:app',
        host: '*',
        operation,
        permission: 'ALLOW',
        resourceType: 'CLUSTER',
        resourceName: 'kafka-cluster',
        patternType: 'LITERAL',
      } as const;
      cluster.memory.state.acls.set(aclKey(entry), entry);
    }
    const login = { user: 'app', password: 'secret', mechanism: 'SCRAM-SHA-512' } as const;
    const ports = portsOf(cluster, () => undefined, login);
    expect(await ports.admin.topics()).toEqual([]);
    await expect(planFor(desiredWith({ topics: [topic] }), ports)).rejects.toThrow('not authorized to describe the topics orders');
    expect(await refusalOf(planFor(desiredWith(), ports))).toMatch(/^not-authorized: this account may not see/);
  });

  it('takes no lock and writes nothing where there is nothing to do', async () => {
    const cluster = testCluster();
    const wanted = desiredWith({ topics: [topic] });
    await converge(wanted, portsOf(cluster));
    const asked: string[] = [];
    await converge(
      wanted,
      portsOf(cluster, (request, moment) => {
        if (moment === 'before') asked.push(request);
      }),
    );
    expect(asked.filter((request) => /^(lock|append|create|alter|delete|upsert)/.test(request))).toEqual([]);
    expect(asked.length).toBeLessThanOrEqual(10);
  });

  it('sets a password once, again when the secret changes, and again when somebody else set it', async () => {
    const cluster = testCluster();
    const wanted = desiredWith({ users: [{ user: 'app', mechanism: 'SCRAM-SHA-512', secret: 'app-password', rotationDays: 30 }] });
    const reasons = async () =>
      (await planFor(wanted, portsOf(cluster))).steps.map((step) => (step.kind === 'upsert-user' ? step.reason : step.id));
    expect(await reasons()).toEqual(['refuse user app/SCRAM-SHA-512']);
    cluster.secrets.set('app-password', 'first');
    expect(await reasons()).toEqual(['missing']);
    await converge(wanted, portsOf(cluster));
    expect(await reasons()).toEqual([]);
    cluster.secrets.set('app-password', 'second');
    expect(await reasons()).toEqual(['secret-changed']);
    await converge(wanted, portsOf(cluster));
    expect(cluster.memory.state.users.get('app')?.get('SCRAM-SHA-512')?.password).toBe('second');
    cluster.memory.state.users.set('app', new Map([['SCRAM-SHA-512', { iterations: 4096, password: 'theirs' }]]));
    expect(await reasons()).toEqual(['changed-by-others']);
    await converge(wanted, portsOf(cluster));
    cluster.now = new Date('2027-01-01T12:00:00Z');
    expect((await planFor(wanted, portsOf(cluster))).notes.map(({ message }) => message)).toEqual([
      'the password of app is 41 days old and may be 30; change the secret app-password',
    ]);
  });

  it('sets a password again where a run was killed before it could know whether it was set', async () => {
    const cluster = testCluster();
    cluster.secrets.set('app-password', 'first');
    const wanted = desiredWith({ users: [{ user: 'app', mechanism: 'SCRAM-SHA-512', secret: 'app-password' }] });
    for (const moment of ['before', 'after'] as const) {
      const killed = portsOf(cluster, (call, when) => {
        if (call === 'upsertScramUsers' && when === moment) throw new Killed();
      });
      await expect(converge(wanted, killed)).rejects.toThrow(Killed);
      const [step] = (await planFor(wanted, portsOf(cluster))).steps;
      expect(step).toMatchObject({ kind: 'upsert-user', reason: moment === 'before' ? 'missing' : 'not-certain' });
    }
    await converge(wanted, portsOf(cluster));
    expect((await planFor(wanted, portsOf(cluster))).steps).toEqual([]);
  });

  it('wants leave by name for a protected topic, beside leave for the class', async () => {
    const cluster = testCluster();
    const options = { protectedTopics: ['orders'], deleteTopics: true };
    await converge(desiredWith({ ...options, topics: [topic] }), portsOf(cluster));
    const gone = desiredWith(options);
    const byClass = await converge(gone, portsOf(cluster), { allow: ['data-loss'] });
    expect(byClass.outcomes.map(({ message }) => message)).toEqual(['it needs --allow-protected orders']);
    await converge(gone, portsOf(cluster), { allow: ['data-loss'], protectedTopics: ['orders'] });
    expect(cluster.memory.state.topics.has('orders')).toBe(false);
  });

  it('leaves an undeclared topic where deleting is off, and says so', async () => {
    const cluster = testCluster();
    await converge(desiredWith({ topics: [topic] }), portsOf(cluster));
    const made = await planFor(desiredWith(), portsOf(cluster));
    expect(made.steps).toEqual([]);
    expect(made.notes.map(({ code }) => code)).toEqual(['topic-left']);
  });

  it('makes no steps of ACLs where nothing is authorized, and says so; an authorizer that runs all the same is refused', async () => {
    const without = desiredWith({ authorization: 'none', unenforced: { acls: 3, users: 0 } });
    const quiet = await planFor(without, portsOf(testCluster({ authorizer: false })));
    expect([quiet.steps, quiet.notes.map(({ message }) => message)]).toEqual([
      [],
      ['3 ACLs are kept as intent: the environment says authorization: none'],
    ]);
    const loud = await planFor(without, portsOf(testCluster()));
    expect(loud.steps.map(({ id }) => id)).toEqual(['refuse acls']);
  });
});
