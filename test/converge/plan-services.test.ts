import { describe, expect, it } from '@jest/globals';
import { type Desired, nothingOwned, renderPlan, stepText } from '../../lib/converge';
import { ClusterFailure } from '../../lib/kafka';
import { allAllowed, converge, planFor, portsOf, type TestCluster, testCluster } from '../support/converge/cluster';
import { desiredWith } from '../support/converge/desired';

const text = (...fields: object[]) => JSON.stringify({ type: 'record', name: 'R', fields });
const id = { name: 'id', type: 'string' };

const registryWith = (schemas: Partial<NonNullable<Desired['schemas']>>): Desired =>
  desiredWith({ schemas: { subjects: [], deleteSubjects: false, ...schemas } });
const subject = (name: string, body: string | undefined, ...refers: string[]) => ({
  subject: name,
  type: 'AVRO' as const,
  references: refers.map((other) => ({ name: other, subject: other })),
  ...(body === undefined ? {} : { text: body }),
});
const connector = (config: Readonly<Record<string, string>>, secrets: Readonly<Record<string, string>> = {}): Desired =>
  desiredWith({ connectors: [{ connector: 'c', config: { 'connector.class': 'FileSink', ...config }, secrets, state: 'running' }] });

const idsOf = async (desired: Desired, cluster: TestCluster) => (await planFor(desired, portsOf(cluster))).steps.map((step) => step.id);

describe('a plan for a schema registry', () => {
  it('asks nothing of a registry of which nothing is declared or owned', async () => {
    const cluster = testCluster();
    expect(await idsOf(registryWith({ subjects: [subject('a', undefined)] }), cluster)).toEqual([]);
    expect(cluster.registry.requestsSent()).toBe(0);
  });

  it('registers what others refer to first, and removes it last', async () => {
    const cluster = testCluster();
    const chain = registryWith({ subjects: [subject('a', text(id), 'b'), subject('b', text(), 'c'), subject('c', text(id))] });
    expect(await idsOf(chain, cluster)).toEqual(['register-schema c', 'register-schema b', 'register-schema a']);
    expect((await converge(chain, portsOf(cluster))).status).toBe('complete');
    expect(await idsOf(registryWith({ deleteSubjects: true }), cluster)).toEqual([
      'delete-subject a',
      'delete-subject b',
      'delete-subject c',
    ]);
  });

  it('refuses a change that does not fit with the reason of the registry, and what refers to it', async () => {
    const cluster = testCluster();
    await converge(registryWith({ subjects: [subject('a', text(id)), subject('b', text(id), 'a')] }), portsOf(cluster));
    const broken = registryWith({ subjects: [subject('a', text(id, { name: 'x', type: 'long' })), subject('b', text(id), 'a')] });
    const { steps } = await planFor(broken, portsOf(cluster));
    expect(steps.map((step) => (step.kind === 'refuse' ? `${step.subject}: ${step.reason}` : step.id))).toEqual([
      'subject a: the registry finds the schema incompatible: READER_FIELD_MISSING_DEFAULT_VALUE: x',
      'subject b: it refers to a, which the registry does not have as declared, and does not get',
    ]);
  });

  it('lets the registry decide under a level that the plan sets first', async () => {
    const cluster = testCluster();
    await converge(registryWith({ subjects: [subject('a', text(id))] }), portsOf(cluster));
    const freed = registryWith({ subjects: [{ ...subject('a', text(id, { name: 'x', type: 'long' })), compatibility: 'NONE' }] });
    expect(await idsOf(freed, cluster)).toEqual(['set-compatibility a', 'register-schema a']);
    expect((await converge(freed, portsOf(cluster))).status).toBe('complete');
    const general = registryWith({ ...freed.schemas, compatibility: 'FORWARD' });
    const [step] = (await planFor(general, portsOf(cluster))).steps;
    expect(step).toMatchObject({
      kind: 'set-compatibility',
      affects: ['every subject without a level of its own'],
      undo: [`curl -X PUT -H 'Content-Type: application/json' -d '{"compatibility":"BACKWARD"}' $SCHEMA_REGISTRY/config`],
    });
  });

  it('skips the rest once the registry is silent, and says what was done', async () => {
    const cluster = testCluster();
    const wanted = registryWith({ subjects: ['a', 'b', 'c'].map((name, index) => subject(name, text(id), ...(index === 0 ? [] : ['a']))) });
    const ports = portsOf(cluster);
    const registry = {
      ...cluster.registry,
      register: (name: string, schema: Parameters<typeof cluster.registry.register>[1]) =>
        name === 'a' ? cluster.registry.register(name, schema) : Promise.reject(new ClusterFailure('timed-out', 'registry did not answer')),
    };
    const result = await converge(wanted, { ...ports, registry }, allAllowed);
    expect(result.outcomes.map(({ id: step, status, reason = '' }) => `${status} ${step} ${reason}`)).toEqual([
      'done register-schema a ',
      'failed register-schema b timed-out',
      'failed register-schema c timed-out',
    ]);
    expect((await ports.ownership.read()).schemas).toEqual(new Set(['a', 'b', 'c']));
    expect((await converge(wanted, portsOf(cluster))).status).toBe('complete');
  });
});

describe('a plan for Kafka Connect', () => {
  it('shows what changes, and hides what is secret by its name or by declaration', async () => {
    const cluster = testCluster();
    cluster.secrets.set('old', 'hunter2hunter2');
    cluster.secrets.set('new', 'hunter3hunter3');
    await converge(connector({ topics: 'a' }, { 'x.token': 'old' }), portsOf(cluster));
    await cluster.connect.put('c', { ...(await cluster.connect.connectors()).get('c')?.config, 'db.password': 'hunter4hunter4' });
    const plan = await planFor(connector({ topics: 'b' }, { 'x.token': 'new' }), portsOf(cluster));
    expect(plan.steps.map((step) => stepText(step).change)).toEqual([
      'db.password (hidden) → default, topics a → b, x.token from the secret new',
    ]);
    expect(plan.steps[0]?.undo).toEqual([]);
    for (const form of ['text', 'json', 'markdown'] as const) expect(renderPlan(plan, form)).not.toMatch(/hunter[234]/);
  });

  it('does not take a secret without a value for one that has changed, and does not make a connector without it', async () => {
    const cluster = testCluster();
    const wanted = connector({}, { key: 'secret' });
    const failed = await converge(wanted, portsOf(cluster));
    expect(failed.outcomes).toEqual([
      { id: 'put-connector c', status: 'failed', reason: 'no-secret', message: 'the secret secret has no value here' },
    ]);
    expect((await portsOf(cluster).ownership.read()).connectors).toEqual(nothingOwned.connectors);
    cluster.secrets.set('secret', 'hush');
    await converge(wanted, portsOf(cluster));
    cluster.secrets.clear();
    const { steps, notes } = await planFor(wanted, portsOf(cluster));
    expect({ steps, codes: notes.map(({ code }) => code) }).toEqual({ steps: [], codes: ['connector-secret-not-compared'] });
  });

  it('leaves the services alone where nothing is said of them', async () => {
    const cluster = testCluster();
    await converge(connector({}), portsOf(cluster));
    expect(await idsOf(desiredWith(), cluster)).toEqual([]);
    expect(await idsOf(desiredWith({ connectors: [] }), cluster)).toEqual(['delete-connector c']);
  });
});
