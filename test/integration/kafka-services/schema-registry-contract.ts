import { randomUUID } from 'node:crypto';
import { beforeAll, describe, expect, it } from '@jest/globals';
import type { NewSchema, SchemaOutcome, SchemaRegistry } from '../../../lib/kafka';

/** What every `SchemaRegistry` does, whatever is behind it. */
export function schemaRegistryContract(title: string, open: () => Promise<SchemaRegistry>): void {
  describe(title, () => {
    let registry: SchemaRegistry;
    const fresh = () => `orders-${randomUUID()}`;
    const record = (...fields: object[]): NewSchema => ({ type: 'AVRO', text: JSON.stringify({ type: 'record', name: 'Order', fields }) });
    const id = { name: 'id', type: 'string' };
    const amount = { name: 'amount', type: 'long' };
    const told = (outcome: SchemaOutcome) => (outcome.done ? 'done' : outcome.reason);
    beforeAll(async () => {
      registry = await open();
    });

    it('keeps versions, gives the latest, and finds a schema that it has', async () => {
      const subject = fresh();
      expect(await registry.latest(subject)).toBeUndefined();
      expect(await registry.find(subject, record(id))).toBeUndefined();
      expect(told(await registry.check(subject, record(id)))).toBe('done');
      expect(told(await registry.register(subject, record(id)))).toBe('done');
      expect(told(await registry.register(subject, record(id)))).toBe('done');
      const first = await registry.latest(subject);
      expect(first).toMatchObject({ subject, version: 1, type: 'AVRO' });
      expect(JSON.parse(first?.text ?? '')).toEqual(JSON.parse(record(id).text));
      expect((await registry.find(subject, record(id)))?.version).toBe(1);
      expect(told(await registry.register(subject, record(id, { ...amount, default: 0 })))).toBe('done');
      expect((await registry.latest(subject))?.version).toBe(2);
      expect((await registry.versions(subject)).map(({ version }) => version)).toEqual([1, 2]);
      expect(await registry.versions(fresh())).toEqual([]);
      expect(await registry.subjects()).toContain(subject);
    });

    it('refuses what does not fit, with its reason', async () => {
      const subject = fresh();
      expect(told(await registry.register(subject, record(id)))).toBe('done');
      await registry.setCompatibility('BACKWARD', subject);
      expect(await registry.compatibility(subject)).toBe('BACKWARD');
      const checked = await registry.check(subject, record(id, amount));
      expect(checked).toMatchObject({ done: false, reason: 'incompatible' });
      expect(checked.done || checked.message).not.toMatch(/^$|gives no reason/);
      expect(told(await registry.register(subject, record(id, amount)))).toBe('incompatible');
      expect(told(await registry.check(subject, record(id, { ...amount, default: 0 })))).toBe('done');
      await registry.setCompatibility('NONE', subject);
      expect(told(await registry.register(subject, record(id, amount)))).toBe('done');
    });

    it('has a level for all', async () => {
      const before = (await registry.compatibility()) ?? 'NONE';
      await registry.setCompatibility('FULL_TRANSITIVE');
      expect(await registry.compatibility()).toBe('FULL_TRANSITIVE');
      await registry.setCompatibility(before);
      expect(['NONE', undefined]).toContain(await registry.compatibility(fresh()));
    });

    it('takes JSON Schema and Protobuf', async () => {
      const [json, protobuf] = [fresh(), fresh()];
      const text = JSON.stringify({ type: 'object', properties: { id: { type: 'string' } } });
      expect(told(await registry.register(json, { type: 'JSON', text }))).toBe('done');
      expect((await registry.latest(json))?.type).toBe('JSON');
      const message = 'syntax = "proto3";\nmessage Order { string id = 1; }\n';
      expect(told(await registry.register(protobuf, { type: 'PROTOBUF', text: message }))).toBe('done');
      expect((await registry.latest(protobuf))?.type).toBe('PROTOBUF');
    });

    it('follows references, and refuses one to nothing', async () => {
      const [customer, order] = [fresh(), fresh()];
      const text = JSON.stringify({ type: 'record', name: 'Customer', namespace: 'shop', fields: [id] });
      expect(told(await registry.register(customer, { type: 'AVRO', text }))).toBe('done');
      const uses = record({ name: 'customer', type: 'shop.Customer' });
      const references = [{ name: 'shop.Customer', subject: customer, version: 1 }];
      expect(told(await registry.register(order, { ...uses, references }))).toBe('done');
      expect((await registry.latest(order))?.references).toEqual(references);
      const nowhere = [{ name: 'shop.Customer', subject: fresh(), version: 7 }];
      expect(told(await registry.register(fresh(), { ...uses, references: nowhere }))).not.toBe('done');
    });

    it('refuses what is no schema', async () => {
      expect(told(await registry.register(fresh(), { type: 'AVRO', text: '{' }))).toBe('invalid');
    });

    it('leaves an old version where it is when that is registered again, and makes it the latest once it was removed', async () => {
      const subject = fresh();
      expect(await registry.versionNumbers(subject)).toEqual([]);
      const [old, newer] = [record(id), record(id, { ...amount, default: 0 })];
      await registry.register(subject, old);
      await registry.register(subject, newer);
      expect(told(await registry.register(subject, old))).toBe('done');
      expect(await registry.versionNumbers(subject)).toEqual([1, 2]);
      const before = await registry.find(subject, old);
      expect(told(await registry.removeVersion(subject, 1))).toBe('done');
      expect(await registry.find(subject, old)).toBeUndefined();
      expect(told(await registry.register(subject, old))).toBe('done');
      expect(await registry.versionNumbers(subject)).toEqual([2, 3]);
      expect(await registry.latest(subject)).toMatchObject({ version: 3, id: before?.id });
      expect(told(await registry.removeVersion(subject, 99))).toBe('done');
      expect(told(await registry.removeVersion(fresh(), 1))).toBe('done');
    });

    it('does not use the number of a version again, and has no subject without versions', async () => {
      const subject = fresh();
      await registry.register(subject, record(id));
      await registry.register(subject, record(id, { ...amount, default: 0 }));
      expect(told(await registry.removeVersion(subject, 2))).toBe('done');
      await registry.register(subject, record(id, { ...amount, default: 1 }));
      expect(await registry.versionNumbers(subject)).toEqual([1, 3]);
      for (const version of [1, 3]) await registry.removeVersion(subject, version);
      expect(await registry.subjects()).not.toContain(subject);
    });

    it('removes no version that others refer to', async () => {
      const [customer, order] = [fresh(), fresh()];
      await registry.register(customer, {
        type: 'AVRO',
        text: JSON.stringify({ type: 'record', name: 'Customer', namespace: 'shop', fields: [id] }),
      });
      const references = [{ name: 'shop.Customer', subject: customer, version: 1 }];
      await registry.register(order, { ...record({ name: 'customer', type: 'shop.Customer' }), references });
      const refused = await registry.removeVersion(customer, 1);
      expect(refused).toMatchObject({ done: false, reason: 'referenced' });
      expect(refused.done || refused.message).not.toBe('');
      expect(await registry.versionNumbers(customer)).toEqual([1]);
    });

    it('removes a subject', async () => {
      const subject = fresh();
      await registry.register(subject, record(id));
      expect(await registry.remove(subject)).toBe(true);
      expect(await registry.latest(subject)).toBeUndefined();
      expect(await registry.subjects()).not.toContain(subject);
      expect(await registry.remove(fresh())).toBe(false);
      const other = fresh();
      await registry.register(other, record(id));
      expect(await registry.remove(other, { permanent: true })).toBe(true);
      expect(await registry.latest(other)).toBeUndefined();
    });
  });
}
