import { describe, expect, it } from '@jest/globals';
import { ClusterFailure, MemoryCluster, memoryAdmin, memorySchemaRegistry } from '../../../lib/kafka';
import { orders, rehearse } from './rehearsal';

const files = { 'environments/orders/development.yaml': orders };
const connection = ['--bootstrap-server', 'localhost:9092'] as const;
const pinned = 'BwcHBwcHBwcHBwcHBwcHBw';
const running = (clusterId = pinned) => new MemoryCluster({ clusterId, brokers: [{ id: 0 }], authorizer: false });
const create = ['backup', 'create', 'orders/development', '--metadata', ...connection] as const;
const restore = (file: string) => ['backup', 'restore', 'orders/development', '--metadata', file, ...connection] as const;
const path = 'backups/orders-2026-11-21T12-00-00Z.json';

/** A cluster with a topic, a group and a setting of all brokers. */
async function inUse(): Promise<MemoryCluster> {
  const cluster = running();
  const admin = memoryAdmin(cluster);
  await admin.createTopics([{ name: 'payments', partitions: 2, replicationFactor: 1, config: { 'retention.ms': '5000' } }]);
  await admin.setGroupOffsets('billing', new Map([['payments-0', 7n]]));
  await admin.alterBrokerConfigs(new Map([['all', { 'log.retention.ms': '60000' }]]));
  return cluster;
}

describe('kafkon backup create', () => {
  it('writes a file named by environment and time, and says how much is in it', async () => {
    const backups = new Map<string, string>();
    const { code, out, err } = await rehearse({ files, cluster: await inUse(), backups }, ...create);
    expect({ code, out, err }).toEqual({
      code: 0,
      out: `${path}: 1 topics, 1 brokers with settings of their own, 0 ACLs, 0 users, 0 quotas, 1 groups with offsets, 0 schema subjects, 0 connectors\n`,
      err: '',
    });
    expect([...backups.keys()]).toEqual([path]);
    const document = JSON.parse(backups.get(path) ?? '');
    expect(document).toMatchObject({
      formatVersion: 2,
      environment: 'orders',
      clusterId: pinned,
      kafkaVersion: 'apache 3.9.2',
      topics: [{ name: 'payments', partitions: 2, replicationFactor: 1, config: { 'retention.ms': '5000' } }],
      groups: [{ group: 'billing', offsets: { 'payments-0': '7' } }],
    });
  });

  it('keeps as many as it is told to, and touches no other file', async () => {
    const older = ['2026-11-18T01-00-00Z', '2026-11-19T01-00-00Z', '2026-11-20T01-00-00Z'].map((time) => `backups/orders-${time}.json`);
    const backups = new Map(
      [...older, 'backups/orders-old.json', 'backups/payments-2020-01-01T00-00-00Z.json'].map((name) => [name, '{}']),
    );
    const { err } = await rehearse({ files, cluster: running(), backups }, ...create, '--keep', '2');
    expect(err).toBe('removed orders-2026-11-18T01-00-00Z.json\nremoved orders-2026-11-19T01-00-00Z.json\n');
    expect([...backups.keys()].sort()).toEqual([older[2], path, 'backups/orders-old.json', 'backups/payments-2020-01-01T00-00-00Z.json']);
  });

  it('says that declared schemas and connectors are left out where nobody named their service', async () => {
    const declaring = `${orders}schemas: { order: { type: JSON, text: '{}', subjects: [order-value] } }\nconnectors: { sink: { class: FileStreamSink } }\n`;
    const { code, err } = await rehearse({ files: { 'environments/orders/development.yaml': declaring }, cluster: running() }, ...create);
    expect({ code, codes: err.match(/backup\/no-\w+/g) }).toEqual({ code: 0, codes: ['backup/no-registry', 'backup/no-connect'] });
  });

  it('wants to be told that only metadata is meant, and writes over no file', async () => {
    const without = await rehearse({ files, cluster: running() }, ...create.filter((word) => word !== '--metadata'));
    expect({ code: without.code, err: without.err }).toEqual({
      code: 2,
      err: 'error: give --metadata: topics, settings, grants and offsets; records are in no backup\n',
    });
    const backups = new Map([['mine.json', 'precious']]);
    expect((await rehearse({ files, cluster: running(), backups }, ...create, '--out', 'mine.json')).code).toBe(2);
    expect(backups.get('mine.json')).toBe('precious');
  });

  it('writes nothing of another cluster, and nothing where it may not see all topics', async () => {
    const backups = new Map<string, string>();
    const other = await rehearse({ files, cluster: running('AAAAAAAAAAAAAAAAAAAAAA'), backups }, ...create);
    expect({ code: other.code, err: other.err }).toEqual({
      code: 1,
      err: `error: this is the cluster AAAAAAAAAAAAAAAAAAAAAA, and the environment is pinned to ${pinned}; look at the address, or pin it anew [backup/wrong-cluster]\n`,
    });
    expect(backups.size).toBe(0);
  });
});

describe('kafkon backup restore', () => {
  async function backedUp(): Promise<Map<string, string>> {
    const backups = new Map<string, string>();
    await rehearse({ files, cluster: await inUse(), backups }, ...create, '--out', 'a.json');
    return backups;
  }

  it('shows what is missing, makes it, and finds nothing more the second time', async () => {
    const backups = await backedUp();
    const cluster = running();
    const dry = await rehearse({ files, cluster, backups }, ...restore('a.json'), '--dry-run');
    expect({ code: dry.code, out: dry.out }).toEqual({
      code: 0,
      out: `orders on cluster ${pinned}: 3 steps

  + all brokers: log.retention.ms=60000
  + topic payments: 2 partitions, 1 replica, retention.ms=5000
  + group billing: offsets of 1 partition
      payments-0 7
      affects: where a log ends before its offset, members start as their auto.offset.reset says
`,
    });
    expect(cluster.state.topics.size).toBe(0);
    const restored = await rehearse({ files, cluster, backups }, ...restore('a.json'));
    expect({ code: restored.code, last: restored.out.split('\n').at(-2) }).toEqual({
      code: 0,
      last: `orders on cluster ${pinned}: all 3 done`,
    });
    expect(await memoryAdmin(cluster).groupOffsets('billing')).toEqual(new Map([['payments-0', 7n]]));
    const again = await rehearse({ files, cluster, backups }, ...restore('a.json'));
    expect({ code: again.code, out: again.out }).toEqual({ code: 0, out: `orders on cluster ${pinned}: nothing to do\n` });
  });

  it('wants leave for a backup of another cluster', async () => {
    const backups = await backedUp();
    const staging = { 'environments/orders/development.yaml': orders.replace(pinned, 'AAAAAAAAAAAAAAAAAAAAAA') };
    const cluster = running('AAAAAAAAAAAAAAAAAAAAAA');
    const refused = await rehearse({ files: staging, cluster, backups }, ...restore('a.json'));
    expect({ code: refused.code, err: refused.err }).toEqual({
      code: 1,
      err: `error: the backup is of the cluster ${pinned} (environment orders), and this is AAAAAAAAAAAAAAAAAAAAAA; to restore it all the same give --from-other-cluster [backup/other-cluster]\n`,
    });
    expect(cluster.state.topics.size).toBe(0);
    expect((await rehearse({ files: staging, cluster, backups }, ...restore('a.json'), '--from-other-cluster')).code).toBe(0);
    expect(cluster.state.topics.has('payments')).toBe(true);
  });

  it('sets offsets back or forth only with leave, and those of a group with members not at all', async () => {
    const backups = await backedUp();
    const cluster = await inUse();
    const admin = memoryAdmin(cluster);
    await admin.setGroupOffsets('billing', new Map([['payments-0', 9n]]));
    const cautious = await rehearse({ files, cluster, backups }, ...restore('a.json'));
    expect({ code: cautious.code, out: cautious.out }).toEqual({
      code: 1,
      out: `  skipped group billing: offsets of 1 partition: it needs --allow irreversible [needs-consent]
orders on cluster ${pinned}: 0 of 1 done
`,
    });
    expect((await rehearse({ files, cluster, backups }, ...restore('a.json'), '--no-groups')).code).toBe(0);
    expect((await rehearse({ files, cluster, backups }, ...restore('a.json'), '--allow', 'irreversible')).code).toBe(0);
    expect(await admin.groupOffsets('billing')).toEqual(new Map([['payments-0', 7n]]));

    const group = cluster.state.groups.get('billing');
    if (group === undefined) throw new Error('the group is gone');
    cluster.state.groups.set('billing', { description: { ...group.description, members: 2 }, offsets: new Map([['payments-0', 8n]]) });
    const busy = await rehearse({ files, cluster, backups }, ...restore('a.json'), '--allow', 'irreversible');
    expect(busy.out).toContain('failed group billing: it has 2 members, and its offsets differ: ');
    expect((await rehearse({ files, cluster, backups }, ...restore('a.json'), '--groups', 'ord*')).code).toBe(0);
  });

  it('shows how a topic of others differs, and leaves it', async () => {
    const backups = await backedUp();
    const cluster = running();
    await memoryAdmin(cluster).createTopics([{ name: 'payments', partitions: 1, replicationFactor: 1, config: { 'retention.ms': '1' } }]);
    const { code, out } = await rehearse({ files, cluster, backups }, ...restore('a.json'), '--dry-run');
    expect(code).toBe(1);
    expect(out).toContain('! topic payments: it is not owned, and differs: partitions 1 → 2; retention.ms 1 → 5000\n');
    await rehearse({ files, cluster, backups }, ...restore('a.json'), '--allow', 'irreversible,data-loss');
    expect(cluster.state.topics.get('payments')?.partitions.length).toBe(1);
  });

  it('refuses a file that was cut, one of a later format, and one that is no backup, each in a line', async () => {
    const text = (await backedUp()).get('a.json') ?? '';
    const cluster = running();
    const backups = new Map([
      ['cut.json', text.slice(0, -90)],
      ['later.json', text.replace('"formatVersion": 2', '"formatVersion": 3')],
      ['other.json', '{}'],
    ]);
    const told = async (file: string) => {
      const { code, err } = await rehearse({ files, cluster, backups }, ...restore(file));
      return `${code} ${err}`;
    };
    expect(await told('cut.json')).toBe(
      '1 cut.json: error: sha256: the checksum at the end is not that of the file, which was cut or changed; take another copy of it, or another backup [backup/damaged]\n',
    );
    expect(await told('later.json')).toBe(
      '1 later.json: error: formatVersion: format 3 was written by a later kafkon, and this one reads up to 2; use that one [backup/newer-format]\n',
    );
    expect(await told('other.json')).toBe(
      '1 other.json: error: this is no backup; make one with kafkon backup create --metadata [backup/not-a-backup]\n',
    );
    expect(await told('nowhere.json')).toBe('2 error: nowhere.json: no such file; kafkon backup list says which there are\n');
  });

  it('brings schemas back with their references and levels', async () => {
    const registry = memorySchemaRegistry();
    const record = (name: string, fields: object[]) => JSON.stringify({ type: 'record', name, fields });
    await registry.register('zone-value', { type: 'AVRO', text: record('Zone', []) });
    const references = [{ name: 'Zone', subject: 'zone-value', version: 1 }];
    await registry.register('order-value', { type: 'AVRO', text: record('Order', [{ name: 'zone', type: 'Zone' }]), references });
    await registry.setCompatibility('FULL', 'order-value');
    const backups = new Map<string, string>();
    const address = ['--schema-registry', 'http://registry:8081'];
    await rehearse({ files, cluster: running(), backups, registry }, ...create, '--out', 'a.json', ...address);

    const fresh = memorySchemaRegistry();
    const stage = { files, cluster: running(), backups, registry: fresh };
    const left = await rehearse(stage, ...restore('a.json'));
    expect(left.err).toContain('the backup has 2 schema subjects, which are left out; give --schema-registry\n');
    const restored = await rehearse(stage, ...restore('a.json'), ...address);
    expect(restored.out).toContain('  registered schemas of order-value (version 1)\n  registered schemas of zone-value (version 1)\n');
    expect(await fresh.latest('order-value')).toMatchObject({ version: 1, references });
    expect(await fresh.compatibility('order-value')).toBe('FULL');
    const again = await rehearse(stage, ...restore('a.json'), ...address, '-o', 'json');
    expect(JSON.parse(again.out).schemas.map(({ status }: { status: string }) => status)).toEqual(['there', 'there']);
  });
});

describe('schemas of a backup that is restored', () => {
  const address = ['--schema-registry', 'http://registry:8081'];

  async function withSchema(): Promise<Map<string, string>> {
    const registry = memorySchemaRegistry();
    await registry.register('payments-value', { type: 'AVRO', text: '"string"' });
    const backups = new Map<string, string>();
    await rehearse({ files, cluster: await inUse(), backups, registry }, ...create, '--out', 'a.json', ...address);
    return backups;
  }

  it('hide nothing of what was done when the registry is silent, and are told of as such', async () => {
    const backups = await withSchema();
    const silent = {
      ...memorySchemaRegistry(),
      find: async () => {
        throw new ClusterFailure('unreachable', 'http://registry:8081 cannot be reached');
      },
    };
    const told = await rehearse({ files, cluster: running(), backups, registry: silent }, ...restore('a.json'), ...address, '-o', 'json');
    expect({ code: told.code, status: JSON.parse(told.out).status }).toEqual({ code: 1, status: 'complete' });
    expect(told.err).toContain(
      'error: the schema registry: http://registry:8081 cannot be reached; look at it and at --schema-registry, and run again [backup/registry]\n',
    );
  });

  it('come back although something of the rest is refused', async () => {
    const backups = await withSchema();
    const cluster = running();
    await memoryAdmin(cluster).createTopics([{ name: 'payments', partitions: 1, replicationFactor: 1, config: {} }]);
    const registry = memorySchemaRegistry();
    const { code, out } = await rehearse({ files, cluster, backups, registry }, ...restore('a.json'), ...address);
    expect({ code, subjects: await registry.subjects() }).toEqual({ code: 1, subjects: ['payments-value'] });
    expect(out).toContain('  registered schemas of payments-value (version 1)\n');
  });

  it('that nobody agreed to are not all of it', async () => {
    const backups = await withSchema();
    const registry = memorySchemaRegistry();
    const stage = { files, cluster: running(), backups, registry, answers: ['yes', 'no'] };
    const { code, out } = await rehearse(stage, ...restore('a.json'), ...address);
    expect({ code, subjects: await registry.subjects() }).toEqual({ code: 1, subjects: [] });
    expect(out).toContain('  missing schemas of payments-value (version 1)\n');
  });
});

describe('a backup of a cluster whose registry is silent', () => {
  it('is none, and says whose fault that is', async () => {
    const backups = new Map<string, string>();
    const silent = {
      ...memorySchemaRegistry(),
      subjects: async () => {
        throw new ClusterFailure('unsupported', 'listing subjects: status 500');
      },
    };
    const words = [...create, '--schema-registry', 'http://registry:8081'];
    const { code, err } = await rehearse({ files, cluster: await inUse(), backups, registry: silent }, ...words);
    expect({ code, err, backups: backups.size }).toEqual({
      code: 1,
      err: 'error: the schema registry: listing subjects: status 500; look at it and at --schema-registry, and run again [backup/registry]\n',
      backups: 0,
    });
  });
});

describe('kafkon backup list and show', () => {
  it('tell of a file that has the name of a backup and is none any more, and of a directory without any', async () => {
    const emptied = await rehearse({ files, backups: new Map([[path, '']]) }, 'backup', 'list');
    expect({ code: emptied.code, out: emptied.out }).toEqual({ code: 1, out: expect.stringContaining('backup/not-a-backup') });
    const none = await rehearse({ files, backups: new Map([['backups/notes.txt', '']]) }, 'backup', 'list');
    expect(none).toMatchObject({ code: 0, out: '', err: 'no backup in backups\n' });
  });

  it('say what there is, and what of it is not whole', async () => {
    const backups = new Map([['backups/notes.json', '{}']]);
    await rehearse({ files, cluster: await inUse(), backups }, ...create);
    const shown = await rehearse({ files, backups }, 'backup', 'show', path);
    expect(shown.out).toMatch(/^orders on cluster BwcHBwcHBwcHBwcHBwcHBw, apache 3\.9\.2, 2026-11-21T12:00:00\.000Z, written by kafkon /);
    backups.set('backups/orders-2026-11-20T12-00-00Z.json', (backups.get(path) ?? '').slice(0, 400));
    const { code, out } = await rehearse({ files, backups }, 'backup', 'list');
    expect(code).toBe(1);
    expect(out.split('\n').map((line) => line.split(/ {2,}/))).toEqual([
      ['file', 'environment', 'cluster', 'created', 'state'],
      ['orders-2026-11-20T12-00-00Z.json', 'backup/damaged'],
      ['orders-2026-11-21T12-00-00Z.json', 'orders', pinned, '2026-11-21T12:00:00.000Z', 'whole'],
      [''],
    ]);
  });
});
