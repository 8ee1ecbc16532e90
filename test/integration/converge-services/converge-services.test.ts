import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { type ApplyPorts, apply, clusterRecord, desiredOf, isDrift, type Plan, planWithImpact, readLive } from '../../../lib/converge';
import { clientFor, connectClusterFor, recordLogFor, schemaRegistryFor } from '../../../lib/kafka';
import type { EnvironmentInput } from '../../../lib/model';
import type { JavaProcess } from '../../support/kafka/java-process';
import { type RunningConnect, startConnect, startSchemaRegistry } from '../../support/kafka/services';
import { waitFor } from '../../support/kafka/wait-for';
import { describeWith } from '../../support/parts';
import { combinedPool, environmentOf, plainListeners } from '../../support/runtime/environment';
import { temporaryFolders } from '../../support/temporary-folder';

type Schemas = NonNullable<EnvironmentInput['schemas']>;
type Connectors = NonNullable<EnvironmentInput['connectors']>;

const record = (name: string, ...fields: object[]) => JSON.stringify({ type: 'record', name, namespace: 'shop', fields });
const id = { name: 'id', type: 'string' };
const message = (name: string, ...lines: string[]) =>
  `syntax = "proto3";\npackage shop;\n${lines.join('\n')}\nmessage ${name} { string id = 1; }\n`;

const schemas: Schemas = {
  money: { text: record('Money', id) },
  order: {
    text: record('Order', id, { name: 'price', type: 'shop.Money' }),
    references: [{ name: 'shop.Money', schema: 'money' }],
    compatibility: 'BACKWARD',
  },
  invoice: { text: record('Invoice', id), compatibility: 'BACKWARD' },
  customer: { type: 'JSON', text: JSON.stringify({ type: 'object', properties: { id: { type: 'string' } } }) },
  shipment: { type: 'PROTOBUF', text: message('Shipment'), compatibility: 'FULL' },
};

const invoice = { type: 'AVRO', text: record('Invoice', id) } as const;
const currency = { name: 'currency', type: 'string', default: 'EUR' };
/** The same with another version of what others refer to. */
const fits: Schemas = { ...schemas, money: { text: record('Money', id, currency) } };

const topics = {
  orders: { replicationFactor: 1, partitions: 1, schema: { valueSchema: 'order', keySchema: 'customer' } },
};

const dangerous = { allow: ['data-loss', 'irreversible'] } as const;

describeWith(['maven', 'java', 'kafka-4.3.1'], 'the convergence of the services beside Kafka', () => {
  const started: JavaProcess[] = [];
  const closing: (() => Promise<void>)[] = [];
  let ports: ApplyPorts;
  let running: RunningConnect;
  const secrets = new Map([['archive-password', 'archive-pa55word-of-a-test']]);

  beforeAll(async () => {
    const [registryUrl, connect] = await Promise.all([
      startSchemaRegistry(temporaryFolder('schema-registry'), started),
      startConnect(temporaryFolder('connect'), started),
    ]);
    running = connect;
    const connection = { bootstrapServers: connect.bootstrapServers };
    const [admin, log] = [clientFor(connection), recordLogFor(connection)];
    closing.push(
      () => admin.close(),
      () => log.close(),
    );
    const { ownership, lock } = clusterRecord(log, admin, 'test');
    ports = {
      admin,
      ownership,
      lock,
      registry: schemaRegistryFor({ url: registryUrl }),
      connect: connectClusterFor({ url: connect.url }),
      secrets: { read: async (name) => secrets.get(name) },
    };
  });
  afterAll(async () => {
    for (const close of closing) await close();
    for (const process of started.reverse()) await process.stop();
  });
  // Removed after what writes there has stopped.
  const temporaryFolder = temporaryFolders();

  const environment = (wanted: { schemas?: Schemas; connectors?: Connectors; convergence?: EnvironmentInput['convergence'] }) =>
    environmentOf({
      kafka: { version: '4.3.1' },
      metadata: { mode: 'kraft' },
      nodePools: [{ ...combinedPool, roles: [...combinedPool.roles], ids: [1] }],
      listeners: [...plainListeners],
      topics,
      schemas,
      ...wanted,
    });
  const planFor = async (wanted: Parameters<typeof environment>[0], given = ports): Promise<Plan> => {
    const desired = desiredOf(environment(wanted));
    return planWithImpact(desired, await readLive(desired, given), given.admin);
  };
  const converge = async (wanted: Parameters<typeof environment>[0]) => {
    const { outcomes } = await apply(await planFor(wanted), ports, dangerous);
    expect(outcomes.filter(({ status }) => status !== 'done')).toEqual([]);
    expect((await planFor(wanted)).steps).toEqual([]);
    return outcomes.map((outcome) => outcome.id);
  };
  const service = <Key extends 'registry' | 'connect'>(key: Key): NonNullable<ApplyPorts[Key]> => {
    const found = ports[key];
    if (found === undefined) throw new Error(`there is no ${key}`);
    return found;
  };

  describe('a schema registry', () => {
    it('gets schemas of all three formats, those first that others refer to, and then there is nothing left to do', async () => {
      const registry = service('registry');
      await registry.register('foreign', { type: 'AVRO', text: '"string"' });
      const ids = await converge({});
      expect(ids.filter((step) => step.startsWith('register-schema'))).toEqual([
        'register-schema invoice',
        'register-schema money',
        'register-schema orders-key',
        'register-schema shipment',
        'register-schema orders-value',
      ]);
      expect((await registry.latest('orders-value'))?.references).toEqual([{ name: 'shop.Money', subject: 'money', version: 1 }]);
      expect(await registry.compatibility('orders-value')).toBe('BACKWARD');
      const before = registry.requestsSent();
      await planFor({});
      // One list, a look-up and the numbers of the versions for each of five schemas, a level for each of three.
      expect(registry.requestsSent() - before).toBe(14);
    });

    it('gets a new version that fits, with those that refer to it, and is refused one that does not, in its own words', async () => {
      const registry = service('registry');
      expect(await converge({ schemas: fits })).toEqual(['register-schema money', 'register-schema orders-value']);
      expect((await registry.latest('orders-value'))?.references?.[0]?.version).toBe(2);

      const broken = { ...fits, invoice: { ...fits.invoice, text: record('Invoice', id, { name: 'total', type: 'long' }) } };
      const plan = await planFor({ schemas: broken });
      expect(plan.steps.map((step) => step.id)).toEqual(['refuse subject invoice']);
      const [refusal] = plan.steps;
      expect(refusal?.kind === 'refuse' && refusal.reason).toMatch(
        /^the registry finds the schema incompatible: (?!the registry gives no reason)./,
      );
      expect((await apply(plan, ports)).status).toBe('partial');
      expect((await registry.latest('invoice'))?.version).toBe(1);
    });

    it('decides on what refers to others when it is registered, and its reason is told', async () => {
      const registry = service('registry');
      const price = { name: 'price', type: 'shop.Money' };
      const order = (...fields: object[]) => ({
        ...fits,
        order: { ...schemas.order, text: record('Order', id, price, ...fields) },
      });
      expect(await converge({ schemas: order({ name: 'note', type: 'string', default: '' }) })).toEqual(['register-schema orders-value']);
      const { outcomes } = await apply(await planFor({ schemas: order({ name: 'total', type: 'long' }) }), ports);
      expect(outcomes[0]).toMatchObject({ id: 'register-schema orders-value', status: 'failed', reason: 'invalid' });
      expect(outcomes[0]?.message).toMatch(/^the registry refuses it as incompatible: ./);
      expect((await registry.latest('orders-value'))?.version).toBe(3);
    });

    it('shows what somebody else registered after it as a drift, and is made as declared again, or that is refused', async () => {
      const registry = service('registry');
      const more = record('Invoice', id, { name: 'paid', type: 'boolean', default: false });
      expect(await registry.register('invoice', { ...invoice, text: more })).toEqual({ done: true });
      const plan = await planFor({ schemas: fits });
      expect(isDrift(plan)).toBe(true);
      // Version 3 of the other one is of the test before, and has references.
      expect(plan.steps.map((step) => step.id)).toEqual(['refuse subject orders-value', 'register-schema invoice']);
      const [refusal, again] = plan.steps;
      expect(refusal?.kind === 'refuse' && refusal.reason).toBe(
        'version 2 of orders-value is declared, and version 3 is its latest; the registry does not tell whether it would take it after that',
      );
      expect(again).toMatchObject({ class: 'irreversible', again: { version: 1, latest: 2 } });
      const old = await registry.find('invoice', invoice);
      const { outcomes } = await apply(plan, ports, dangerous);
      expect(outcomes.map(({ id: step, status }) => `${status} ${step}`)).toEqual([
        'failed refuse subject orders-value',
        'done register-schema invoice',
      ]);
      expect(await registry.versionNumbers('invoice')).toEqual([2, 3]);
      expect(await registry.latest('invoice')).toMatchObject({ version: 3, id: old?.id });
      expect((await planFor({ schemas: fits })).steps.map((step) => step.id)).toEqual(['refuse subject orders-value']);
    });

    it('loses what is no longer declared, with leave, and nothing that is not ours', async () => {
      const registry = service('registry');
      const fewer: Schemas = { customer: schemas.customer ?? {}, order: { text: record('Order', id) } };
      const kept = await planFor({ schemas: fewer });
      expect(kept.notes.filter(({ code }) => code === 'schema-left').length).toBe(3);
      const without = { schemas: { customer: fewer.customer ?? {}, order: {} }, convergence: { deleteSchemas: true } };
      const cautious = await apply(await planFor(without), ports);
      expect(cautious.outcomes.map(({ reason }) => reason)).toEqual(['needs-consent', 'needs-consent', 'needs-consent']);
      // This registry counts references of what is removed, unless it is so for good.
      await registry.remove('orders-value', { permanent: true });
      await converge(without);
      expect([...(await registry.subjects())].sort()).toEqual(['foreign', 'orders-key']);
    });
  });

  describe('a worker of Kafka Connect', () => {
    const wanted = (
      change: Readonly<Record<string, string>> = {},
      state: 'running' | 'paused' | 'stopped' = 'running',
    ): { connectors: Connectors } => {
      const { 'connector.class': java = '', ...config } = running.config;
      return {
        connectors: {
          archive: { class: java, config: { ...config, ...change }, secrets: { 'archive.password': 'archive-password' }, state },
        },
      };
    };
    const only = { schemas: {} };
    const stateOf = async (name: string) => (await service('connect').connectors()).get(name)?.state;

    it('makes a connector, changes it, pauses, stops and resumes it, and lets others be', async () => {
      const connect = service('connect');
      await connect.put('foreign', running.config);
      await waitFor('it runs', async () => (await stateOf('foreign')) === 'running');
      expect(await converge({ ...only, ...wanted() })).toEqual(['put-connector archive']);
      const made = (await connect.connectors()).get('archive');
      expect(made?.config['archive.password']).toBe('archive-pa55word-of-a-test');
      expect(await converge({ ...only, ...wanted({ topic: 'others' }) })).toEqual(['put-connector archive']);
      expect(await converge({ ...only, ...wanted({ topic: 'others' }, 'paused') })).toEqual(['set-connector-state archive']);
      expect(await stateOf('archive')).toBe('paused');
      expect(await converge({ ...only, ...wanted({ topic: 'others' }, 'stopped') })).toEqual(['set-connector-state archive']);
      expect(await converge({ ...only, ...wanted({ topic: 'others' }) })).toEqual(['set-connector-state archive']);
      expect(await stateOf('foreign')).toBe('running');
    });

    it('gets a secret that has changed, which stands in no plan, no outcome and no record', async () => {
      secrets.set('archive-password', 'another-pa55word-of-a-test');
      const plan = await planFor({ ...only, ...wanted({ topic: 'others' }) });
      expect(plan.steps.map(({ id }) => id)).toEqual(['put-connector archive']);
      const result = await apply(plan, ports);
      expect(result.status).toBe('complete');
      expect((await service('connect').connectors()).get('archive')?.config['archive.password']).toBe('another-pa55word-of-a-test');
      const bad = await planFor({ ...only, ...wanted({ topic: 'others', 'tasks.max': 'another-pa55word-of-a-test' }) });
      const refused = await apply(bad, ports);
      expect(refused.outcomes[0]).toMatchObject({ status: 'failed', reason: 'invalid' });
      const said = JSON.stringify([result, refused, plan, [...(await ports.ownership.read()).connectors]]);
      expect(said).not.toContain('pa55word-of-a-test');
    });

    it('refuses to change one that somebody else made, and removes its own', async () => {
      const foreign = wanted().connectors.archive;
      if (foreign === undefined) throw new Error('there is no connector');
      const plan = await planFor({ ...only, connectors: { ...wanted({ topic: 'others' }).connectors, foreign } });
      expect(plan.steps.map(({ id }) => id)).toEqual(['refuse connector foreign']);
      expect(await converge({ ...only, connectors: {} })).toEqual(['delete-connector archive']);
      expect([...(await service('connect').connectors()).keys()]).toEqual(['foreign']);
    });
  });

  it('goes on with Kafka where a service does not answer, and says which', async () => {
    const silent = { ...ports, registry: schemaRegistryFor({ url: 'http://127.0.0.1:1' }) };
    const desired = {
      ...desiredOf(environment({ schemas })),
      topics: [{ name: 'later', partitions: 1, replicationFactor: 1, config: {} }],
    };
    const plan = await planWithImpact(desired, await readLive(desired, silent), silent.admin);
    const { outcomes } = await apply(plan, silent);
    expect(outcomes.map(({ id, status }) => `${status} ${id}`)).toEqual(['failed refuse schema registry', 'done create-topic later']);
    expect(outcomes[0]?.message).toMatch(
      /^http:\/\/127\.0\.0\.1:1 cannot be reached: .*; nothing was asked of it; run again when it answers$/,
    );
  });
});
