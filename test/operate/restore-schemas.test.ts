import { describe, expect, it } from '@jest/globals';
import { ClusterFailure, memorySchemaRegistry, type SchemaRegistry } from '../../lib/kafka';
import { missingSchemas, restoreSchemas } from '../../lib/operate';
import { collectSchemas } from '../../lib/operate/backup-schemas';

const record = (name: string, ...fields: object[]) => ({ type: 'AVRO' as const, text: JSON.stringify({ type: 'record', name, fields }) });
const id = { name: 'id', type: 'string' };

/** Two subjects, the first by name referring to the second, whose versions do not fit the level that it has now. */
async function inUse(): Promise<SchemaRegistry> {
  const registry = memorySchemaRegistry({ level: 'NONE' });
  await registry.register('zones', record('Zone'));
  await registry.register('zones', record('Zone', id));
  await registry.register('orders', {
    ...record('Order', { name: 'zone', type: 'Zone' }),
    references: [{ name: 'Zone', subject: 'zones', version: 2 }],
  });
  await registry.setCompatibility('BACKWARD', 'zones');
  return registry;
}

/** The same with a call of ours before each of theirs. */
function spied(registry: SchemaRegistry, before: () => void): SchemaRegistry {
  return new Proxy(registry, {
    get: (target, name) => {
      const value: unknown = Reflect.get(target, name);
      if (typeof value !== 'function') return value;
      return async (...words: unknown[]) => {
        before();
        return value.apply(target, words);
      };
    },
  });
}

const statuses = (all: readonly { readonly subject: string; readonly status: string; readonly versions: readonly number[] }[]) =>
  all.map(({ subject, status, versions }) => [subject, status, versions]);

describe('schemas of a backup', () => {
  it('come back with all versions, references first, and the level once they are there', async () => {
    const schemas = await collectSchemas(await inUse());
    const fresh = memorySchemaRegistry({ level: 'FULL' });
    expect(statuses(await missingSchemas(schemas, fresh))).toEqual([
      ['orders', 'missing', [1]],
      ['zones', 'missing', [1, 2]],
    ]);
    expect(statuses(await restoreSchemas(schemas, fresh))).toEqual([
      ['orders', 'registered', [1]],
      ['zones', 'registered', [1, 2]],
    ]);
    expect((await fresh.versions('zones')).map(({ version, text }) => [version, text])).toEqual([
      [1, record('Zone').text],
      [2, record('Zone', id).text],
    ]);
    expect(await fresh.compatibility('zones')).toBe('BACKWARD');
    expect(statuses(await missingSchemas(schemas, fresh))).toEqual([
      ['orders', 'there', []],
      ['zones', 'there', []],
    ]);
  });

  it('close gaps in the numbers, and references follow', async () => {
    const schemas = await collectSchemas(await inUse());
    const gap = { ...schemas, subjects: schemas.subjects.map((each) => ({ ...each, versions: each.versions.slice(-1) })) };
    const fresh = memorySchemaRegistry();
    await restoreSchemas(gap, fresh);
    expect((await fresh.latest('zones'))?.version).toBe(1);
    expect((await fresh.latest('orders'))?.references).toEqual([{ name: 'Zone', subject: 'zones', version: 1 }]);
    expect(statuses(await missingSchemas(gap, fresh))).toEqual([
      ['orders', 'there', []],
      ['zones', 'there', []],
    ]);
  });

  it('have no level of a subject where the registry answers one for subjects that have none', async () => {
    const registry = await inUse();
    const answering = new Proxy(registry, {
      get: (target, name) =>
        name === 'compatibility'
          ? async (subject?: string) => (await target.compatibility(subject)) ?? 'NONE'
          : (Reflect.get(target, name) as unknown),
    });
    const levels = (await collectSchemas(answering)).subjects.map(({ subject, compatibility }) => [subject, compatibility]);
    expect(levels).toEqual([
      ['orders', null],
      ['zones', 'BACKWARD'],
    ]);
  });

  it('leave a subject that is there its level, and say what does not fit', async () => {
    const schemas = await collectSchemas(await inUse());
    const other = memorySchemaRegistry();
    await other.register('zones', record('Zone', { name: 'other', type: 'string' }));
    await other.setCompatibility('FULL', 'zones');
    const [orders, zones] = await restoreSchemas(schemas, other);
    expect(zones).toMatchObject({ status: 'failed', message: 'version 1: READER_FIELD_MISSING_DEFAULT_VALUE: other' });
    expect(orders).toMatchObject({ status: 'failed', message: 'version 1 refers to a schema that is not there' });
    expect(await other.compatibility('zones')).toBe('FULL');
  });

  it('tell what came back before the registry fell silent, and the rest comes with the next run', async () => {
    const schemas = await collectSchemas(await inUse());
    const fresh = memorySchemaRegistry();
    let calls = 0;
    // The first version of zones has been registered and looked up by then.
    const silent = () => {
      if (++calls > 5) throw new ClusterFailure('unreachable', 'http://registry:8081 cannot be reached');
    };
    expect(await restoreSchemas(schemas, spied(fresh, silent))).toEqual([
      { subject: 'orders', status: 'failed', versions: [], message: 'version 1: not asked for, since the registry did not answer before' },
      { subject: 'zones', status: 'failed', versions: [1], message: 'version 2: http://registry:8081 cannot be reached' },
    ]);
    expect(statuses(await restoreSchemas(schemas, fresh))).toEqual([
      ['orders', 'registered', [1]],
      ['zones', 'registered', [2]],
    ]);
  });

  it('are finished after a run that broke off at any call', async () => {
    const schemas = await collectSchemas(await inUse());
    const whole = memorySchemaRegistry({ level: 'FULL' });
    await restoreSchemas(schemas, whole);
    for (let index = 0; ; index++) {
      const fresh = memorySchemaRegistry({ level: 'FULL' });
      let calls = 0;
      const killer = () => {
        if (calls++ === index) throw new Error('killed');
      };
      const died = await restoreSchemas(schemas, spied(fresh, killer)).then(
        () => false,
        () => true,
      );
      await restoreSchemas(schemas, fresh);
      const [one, other] = [await collectSchemas(fresh), await collectSchemas(whole)];
      expect({ index, schemas: one }).toEqual({ index, schemas: other });
      expect({ index, left: statuses(await missingSchemas(schemas, fresh)).filter(([, status]) => status !== 'there') }).toEqual({
        index,
        left: [],
      });
      if (!died) {
        expect(index).toBeGreaterThan(8);
        break;
      }
    }
  });
});
