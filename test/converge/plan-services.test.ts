import { describe, expect, it } from '@jest/globals';
import { type Desired, isDrift, nothingOwned, renderPlan, stepText } from '../../lib/converge';
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

  it('forgets a subject that a run claimed and never made, when it is refused now', async () => {
    const cluster = testCluster();
    await converge(registryWith({ subjects: [subject('a', text(id))] }), portsOf(cluster));
    const ports = portsOf(cluster);
    await ports.ownership.write({ ...(await ports.ownership.read()), schemas: new Set(['a', 'b']) });
    const broken = registryWith({ subjects: [subject('a', text(id, { name: 'x', type: 'long' })), subject('b', text(id), 'a')] });
    const steps = (await planFor(broken, ports)).steps.map((step) => step.id);
    expect(steps).toEqual(expect.arrayContaining(['refuse subject a', 'refuse subject b']));
    await converge(broken, ports);
    expect((await ports.ownership.read()).schemas).toEqual(new Set(['a']));
  });

  it('gives up the claim of a run that broke off on a subject that this one cannot make either', async () => {
    const cluster = testCluster();
    await converge(registryWith({ subjects: [subject('a', text(id))] }), portsOf(cluster));
    const ports = portsOf(cluster);
    await ports.ownership.write({ ...(await ports.ownership.read()), schemas: new Set(['a', 'b']) });
    const wider = { ...subject('a', text(id, { name: 'x', type: 'long' })), compatibility: 'BACKWARD' as const };
    await converge(registryWith({ subjects: [wider, subject('b', text(id), 'a')] }), ports);
    expect((await ports.ownership.read()).schemas).toEqual(new Set(['a']));
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

  const added = { name: 'x', type: 'long', default: 0 };
  const superseded = async (wanted: Desired, newer = text(id, added)) => {
    const cluster = testCluster();
    await converge(wanted, portsOf(cluster));
    await cluster.registry.register('a', { type: 'AVRO', text: newer });
    return cluster;
  };

  it('makes the declared schema the latest again after somebody else registered another one, with leave', async () => {
    const wanted = registryWith({ subjects: [subject('a', text(id))] });
    const cluster = await superseded(wanted);
    const plan = await planFor(wanted, portsOf(cluster));
    expect(isDrift(plan)).toBe(true);
    expect(renderPlan(plan)).toContain(
      [
        '  ~ subject a: version 1, which is declared, once more as the latest, after version 2 [irreversible]',
        '      affects: clients that take the latest version of a take this one',
        '      affects: who asks for version 1 by its number does not find it; its id stays',
        '      undo: none',
      ].join('\n'),
    );
    const cautious = await converge(wanted, portsOf(cluster), {});
    expect(cautious.outcomes.map(({ reason }) => reason)).toEqual(['needs-consent']);
    expect(await cluster.registry.versionNumbers('a')).toEqual([1, 2]);
    expect((await converge(wanted, portsOf(cluster))).status).toBe('complete');
    expect((await cluster.registry.versions('a')).map(({ version, text: body }) => [version, body])).toEqual([
      [2, text(id, added)],
      [3, text(id)],
    ]);
    expect(isDrift(await planFor(wanted, portsOf(cluster)))).toBe(false);
  });

  it('refuses to make it the latest again where others refer to it', async () => {
    const referred = registryWith({ subjects: [subject('a', text(id)), subject('b', text(id), 'a')] });
    const other = await superseded(referred);
    const { steps } = await planFor(referred, portsOf(other));
    expect(steps.map((step) => (step.kind === 'refuse' ? [step.subject, step.reason, step.remedy] : step.id))).toEqual([
      [
        'subject a',
        "version 1 of a is declared, and version 2 is its latest; b refers to it there, and it can't be removed to be registered again",
        'declare what version 2 is, or remove what came after: curl -X DELETE $SCHEMA_REGISTRY/subjects/a/versions/2',
      ],
    ]);
  });

  it('removes no old version that the registry would not take again', async () => {
    const required = { name: 'x', type: 'long' };
    const wanted = registryWith({ subjects: [{ ...subject('a', text(id, required)), compatibility: 'BACKWARD' }] });
    const cluster = await superseded(wanted, text(id));
    const plan = await planFor(wanted, portsOf(cluster));
    expect(plan.steps.map((step) => (step.kind === 'refuse' ? step.reason : step.id))).toEqual([
      'version 1 of a is declared, and version 2 is its latest; the registry finds the schema incompatible: READER_FIELD_MISSING_DEFAULT_VALUE: x',
    ]);
    // The level is set in the same plan, so that only its check just before tells.
    const under = registryWith({ subjects: [{ ...subject('a', text(id, required)), compatibility: 'FULL' }] });
    const result = await converge(under, portsOf(cluster));
    expect(result.outcomes.map(({ id: step, status, message = '' }) => `${status} ${step} ${message}`)).toEqual([
      'done set-compatibility a ',
      'failed register-schema a the registry refuses it as incompatible: READER_FIELD_MISSING_DEFAULT_VALUE: x; nothing was changed; change the schema so that it fits, or make another subject and move to it',
    ]);
    expect(await cluster.registry.versionNumbers('a')).toEqual([1, 2]);
  });

  it('says of a subject of others that what is declared is not its latest version', async () => {
    const cluster = testCluster();
    for (const body of [text(id), text(id, added)]) await cluster.registry.register('a', { type: 'AVRO', text: body });
    const plan = await planFor(registryWith({ subjects: [subject('a', text(id))] }), portsOf(cluster));
    expect([plan.steps, isDrift(plan), plan.notes.map(({ message }) => message)]).toEqual([
      [],
      true,
      [
        'version 1 of a is declared, and version 2 is its latest, and it is not owned; to make it the latest again, first: kafkon schemas <environment> adopt a',
      ],
    ]);
  });

  it('names the schemas of which only their registration tells whether they fit', async () => {
    const cluster = testCluster();
    const wanted = registryWith({ subjects: [subject('a', text(id)), subject('b', text(id), 'a')] });
    await converge(wanted, portsOf(cluster));
    const blind = {
      ...cluster.registry,
      check: async () => ({ done: false, reason: 'invalid', message: 'Could not execute' }) as const,
    };
    const plan = await planFor(registryWith({ subjects: [subject('a', text(id)), subject('b', text(id, added), 'a')] }), {
      ...portsOf(cluster),
      registry: blind,
    });
    expect(plan.steps.map((step) => step.id)).toEqual(['register-schema b']);
    expect(plan.notes).toEqual([
      {
        code: 'schema-not-checked',
        message:
          'whether the new schema of b fits the registry tells only when it is registered: its check does not follow references (Could not execute)',
      },
    ]);
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
  it('shows what changes, and hides what is secret by its name, in an address or by declaration', async () => {
    const cluster = testCluster();
    cluster.secrets.set('old', 'hunter2hunter2');
    cluster.secrets.set('new', 'hunter3hunter3');
    await converge(connector({ topics: 'a' }, { 'x.token': 'old' }), portsOf(cluster));
    const byHand = { 'db.password': 'hunter4hunter4', 'db.url': 'jdbc:db://host/x?password=hunter4hunter4' };
    await cluster.connect.put('c', { ...(await cluster.connect.connectors()).get('c')?.config, ...byHand });
    const plan = await planFor(connector({ topics: 'b' }, { 'x.token': 'new' }), portsOf(cluster));
    expect(plan.steps.map((step) => stepText(step).change)).toEqual([
      'db.password (hidden) → default, db.url (hidden) → default, topics a → b, x.token from the secret new',
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
