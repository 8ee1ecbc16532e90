import { describe, expect, it } from '@jest/globals';
import { ClusterFailure, MemoryCluster, memoryConnect, memorySchemaRegistry, type SchemaRegistry } from '../../../lib/kafka';
import { orders, rehearse } from './rehearsal';

const services = `schemas:
  order: { file: schemas/order.avsc, compatibility: FULL }
connectors:
  archive:
    class: ArchiveSink
    config: { topics: orders }
    secrets: { archive.password: archive-password }
    state: paused
convergence:
  connect: { login: { user: kafkon, secret: connect-password } }
`;
const files = {
  'environments/orders/development.yaml': `${orders.replace('retention.ms: 86400000 } }', 'retention.ms: 86400000 }, schema: { valueSchema: order } }')}${services}`,
  'environments/orders/schemas/order.avsc': '{"type": "record", "name": "Order", "fields": []}',
};
const variables = { KAFKON_SECRET_ARCHIVE_PASSWORD: 'hunter2hunter2', KAFKON_SECRET_CONNECT_PASSWORD: 'another1another1' };
const brokers = ['orders/development', '--bootstrap-server', 'localhost:9092'] as const;
const at = [...brokers, '--schema-registry', 'http://registry:8081', '--connect', 'http://connect:8083'] as const;

const stage = () => ({
  files,
  variables,
  cluster: new MemoryCluster({ clusterId: 'BwcHBwcHBwcHBwcHBwcHBw', brokers: [{ id: 0 }], authorizer: false }),
  registry: memorySchemaRegistry(),
  connect: memoryConnect(),
});

describe('schemas and connectors on the command line', () => {
  it('are planned for, made, and then there is nothing left to do; no secret is said', async () => {
    const here = stage();
    const planned = await rehearse(here, 'plan', ...at);
    expect(planned.out).toContain(`  + subject orders-value: AVRO schema, compatibility FULL
  + connector archive: ArchiveSink
      topics=orders
      archive.password from the secret archive-password
  ~ connector archive: paused
      affects: it moves no records until it is resumed
`);
    const applied = await rehearse(here, 'apply', ...at);
    expect({ code: applied.code, last: applied.out.split('\n').at(-2) }).toEqual({
      code: 0,
      last: 'orders on cluster BwcHBwcHBwcHBwcHBwcHBw: all 5 done',
    });
    expect(await here.registry.compatibility('orders-value')).toBe('FULL');
    expect((await here.connect.connectors()).get('archive')).toMatchObject({
      config: { 'archive.password': 'hunter2hunter2' },
      state: 'paused',
    });
    expect((await rehearse(here, 'drift', ...at)).code).toBe(0);
    const json = await rehearse(here, 'plan', ...at, '-o', 'json');
    for (const { out, err } of [planned, applied, json]) expect(`${out}${err}`).not.toMatch(/hunter2|another1/);
  });

  it('drift when a connector is resumed by hand', async () => {
    const here = stage();
    await rehearse(here, 'apply', ...at);
    await here.connect.resume('archive');
    const { code, out } = await rehearse(here, 'drift', ...at);
    expect({ code, changed: out.includes('~ connector archive: running → paused') }).toEqual({ code: 3, changed: true });
  });

  it('are refused where no service is named, and topics are made all the same', async () => {
    const here = stage();
    const { code, out } = await rehearse(here, 'apply', ...brokers);
    expect(code).toBe(1);
    expect(out).toContain('no worker is named, and 1 connector is declared or owned; give --connect [refused]');
    expect(out).toContain('no schema registry is named, and 1 of its subjects is declared or owned; give --schema-registry [refused]');
    expect(out).toContain('2 of 4 done');
  });

  it('tell a registry that does not answer by its address, and drift can not be told then', async () => {
    const silent: SchemaRegistry = {
      ...memorySchemaRegistry(),
      subjects: () => Promise.reject(new ClusterFailure('timed-out', 'http://registry:8081 did not answer GET /subjects in 30000 ms')),
    };
    const { code, out } = await rehearse({ ...stage(), registry: silent }, 'drift', ...at);
    expect(code).toBe(1);
    expect(out).toContain('! schema registry: http://registry:8081 did not answer GET /subjects in 30000 ms; nothing was asked of it');
  });

  it('are applied from a plan only with the services it was made with, and as they were', async () => {
    const here = stage();
    const { written } = await rehearse(here, 'plan', ...at, '--out', 'plan.json');
    const later = { ...here, files: { ...files, 'plan.json': written.get('plan.json') ?? '' } };
    const without = await rehearse(later, 'apply', 'plan.json', '--bootstrap-server', 'localhost:9092');
    expect(without.err).toContain(
      'the plan was made with a schema registry; give --schema-registry; nothing was changed [converge/service-silent]',
    );
    await here.registry.register('orders-value', { type: 'AVRO', text: '"string"' });
    const [, ...options] = at;
    const stale = await rehearse(later, 'apply', 'plan.json', ...options);
    expect(stale.err).toContain('error: the plan is stale, make a new one; changed since: schema orders-value [converge/stale]');
  });

  it('are adopted and released by name', async () => {
    const here = stage();
    await here.registry.register('orders-value', { type: 'AVRO', text: '"string"' });
    await here.registry.setCompatibility('NONE', 'orders-value');
    await here.connect.put('archive', { 'connector.class': 'OtherSink' });
    const refused = await rehearse(here, 'plan', ...at);
    expect(refused.out).toContain('! subject orders-value: it exists, differs from what is declared, and is not owned');
    expect(refused.out).toContain('! connector archive: it exists, differs from what is declared, and is not owned');
    const [environment, ...options] = at;
    expect((await rehearse(here, 'schemas', environment, 'adopt', 'orders-*', ...options)).out).toBe('adopted orders-value\n');
    expect((await rehearse(here, 'connectors', environment, 'adopt', 'archive', ...options)).out).toBe('adopted archive\n');
    expect((await rehearse(here, 'apply', ...at)).code).toBe(0);
    expect((await here.registry.latest('orders-value'))?.version).toBe(2);
    expect((await rehearse(here, 'connectors', environment, 'release', 'archive', ...options)).out).toBe('released archive\n');
  });

  it('want an address without a password', async () => {
    const here = stage();
    const url = await rehearse(here, 'plan', ...brokers, '--schema-registry', 'http://kafkon:hunter2@registry:8081');
    expect({ code: url.code, err: url.err }).toEqual({
      code: 2,
      err: 'error: an address of a service is http://host:port or https://host:port, without a user or a password\n',
    });
  });

  it('want the password of a login where something is asked of its service, and everything else is done without it', async () => {
    const here = { ...stage(), variables: { KAFKON_SECRET_ARCHIVE_PASSWORD: 'hunter2hunter2' } };
    const missing =
      'the login kafkon has no password for http://connect:8083: give --secrets-dir with a file connect-password, or the environment variable KAFKON_SECRET_CONNECT_PASSWORD';
    const planned = await rehearse(here, 'plan', ...at);
    expect({ code: planned.code, said: planned.out.includes(`! Kafka Connect: ${missing}; nothing was asked of it`) }).toEqual({
      code: 1,
      said: true,
    });
    const applied = await rehearse(here, 'apply', ...at);
    expect({ code: applied.code, last: applied.out.split('\n').at(-2) }).toEqual({
      code: 1,
      last: 'orders on cluster BwcHBwcHBwcHBwcHBwcHBw: 3 of 4 done',
    });
    expect((await rehearse(here, 'drift', ...at)).code).toBe(1);
    const [environment, ...options] = at;
    const released = await rehearse(here, 'topics', environment, 'release', 'orders', ...options);
    expect({ code: released.code, err: released.err }).toEqual({ code: 0, err: '' });
    const paused = files['environments/orders/development.yaml'].replace(/connectors:[\s\S]*(?=convergence:)/, '');
    const without = await rehearse({ ...here, files: { ...files, 'environments/orders/development.yaml': paused } }, 'plan', ...at);
    expect({ code: without.code, refused: without.out.includes('!') }).toEqual({ code: 0, refused: false });
  });

  it('want the password of the login of a registry when its schemas are backed up', async () => {
    const yaml = files['environments/orders/development.yaml'].replace('connect: { login', 'schemaRegistry: { login');
    const here = { ...stage(), files: { ...files, 'environments/orders/development.yaml': yaml }, variables: {} };
    const { code, err } = await rehearse(here, 'backup', 'create', at[0], '--metadata', ...at.slice(1));
    expect({ code, said: err.includes('the login kafkon has no password for http://registry:8081: give --secrets-dir') }).toEqual({
      code: 1,
      said: true,
    });
  });
});
