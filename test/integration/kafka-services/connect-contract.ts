import { randomUUID } from 'node:crypto';
import { beforeAll, describe, expect, it } from '@jest/globals';
import type { ConnectCluster } from '../../../lib/kafka';
import { waitFor } from '../../support/kafka/wait-for';

/** What every `ConnectCluster` does, whatever is behind it. `config` is of a connector that it can run. */
export function connectContract(
  title: string,
  open: () => Promise<{ connect: ConnectCluster; config: Readonly<Record<string, string>> }>,
): void {
  describe(title, () => {
    let connect: ConnectCluster;
    let config: Readonly<Record<string, string>>;
    beforeAll(async () => {
      ({ connect, config } = await open());
    });
    const becomes = (name: string, state: string) =>
      waitFor(`${name} is ${state}`, async () => {
        const found = (await connect.connectors()).get(name);
        return found?.state === state && found.tasks.every((task) => task.state === state) && found.tasks.length > 0;
      });

    it('creates a connector, changes it, pauses and resumes it, and removes it', async () => {
      const name = `orders-${randomUUID()}`;
      expect(await connect.put(name, config)).toEqual({ done: true });
      await becomes(name, 'running');
      const found = (await connect.connectors()).get(name);
      expect(found).toMatchObject({ type: 'source', config });
      expect(Object.keys(found?.config ?? {}).sort()).toEqual(Object.keys(config).sort());

      expect(await connect.put(name, { ...config, topic: 'others' })).toEqual({ done: true });
      await waitFor('the change shows', async () => (await connect.connectors()).get(name)?.config.topic === 'others');

      expect(await connect.pause(name)).toEqual({ done: true });
      await becomes(name, 'paused');
      expect(await connect.resume(name)).toEqual({ done: true });
      await becomes(name, 'running');
      expect(await connect.restart(name)).toEqual({ done: true });
      expect(await connect.stop(name)).toEqual({ done: true });
      await waitFor('it is stopped', async () => (await connect.connectors()).get(name)?.state === 'stopped');
      expect(await connect.resume(name)).toEqual({ done: true });
      await becomes(name, 'running');

      expect(await connect.remove(name)).toEqual({ done: true });
      await waitFor('it is gone', async () => !(await connect.connectors()).has(name));
    });

    it('creates a connector that does not run at first, and leaves the state of one that is there', async () => {
      for (const begins of ['paused', 'stopped'] as const) {
        const name = `orders-${randomUUID()}`;
        const stateOf = async () => (await connect.connectors()).get(name)?.state;
        expect(await connect.put(name, config, { begins })).toEqual({ done: true });
        await waitFor(`it is ${begins}`, async () => (await stateOf()) === begins);
        expect((await connect.connectors()).get(name)?.config).toMatchObject(config);
        expect(await connect.resume(name)).toEqual({ done: true });
        await becomes(name, 'running');
        expect(await connect.put(name, { ...config, topic: 'others' }, { begins })).toEqual({ done: true });
        await waitFor('the change shows', async () => (await connect.connectors()).get(name)?.config.topic === 'others');
        await becomes(name, 'running');
        expect(await connect.put(`${name}-bad`, { ...config, 'tasks.max': 'many' }, { begins })).toMatchObject({
          done: false,
          reason: 'invalid',
        });
        await connect.remove(name);
      }
    });

    it('refuses what cannot run, and says what is wrong before', async () => {
      const name = `orders-${randomUUID()}`;
      expect(await connect.validate({ name, ...config })).toEqual(new Map());
      expect([...(await connect.validate({ name, ...config, 'tasks.max': 'many' })).keys()]).toEqual(['tasks.max']);
      expect([...(await connect.validate({ name, 'connector.class': 'NoSuchThing' })).keys()]).toEqual(['connector.class']);
      expect(await connect.put(name, { ...config, 'tasks.max': 'many' })).toMatchObject({ done: false, reason: 'invalid' });
      expect((await connect.connectors()).has(name)).toBe(false);
    });

    it('knows no connector that was never made', async () => {
      const name = `absent-${randomUUID()}`;
      expect(await connect.pause(name)).toMatchObject({ done: false, reason: 'not-found' });
      expect(await connect.remove(name)).toMatchObject({ done: false, reason: 'not-found' });
    });

    it('lists all connectors in one request', async () => {
      const before = connect.requestsSent();
      await connect.connectors();
      expect(connect.requestsSent() - before).toBe(1);
    });
  });
}
