import { expect, it } from '@jest/globals';
import { Kafka, logLevel, type SASLOptions } from 'kafkajs';
import { desiredOf } from '../../../lib/converge';
import { waitFor } from '../../support/kafka/wait-for';
import type { LocalCluster } from '../../support/runtime/local-cluster';
import { passwordOf, passwordsOf } from './accounts';
import { sessionOn } from './clusters';
import { everyIntent } from './every-intent';
import { evict } from './vacate';

/** Clients as applications write them, of accounts that a cluster was converged to: groups are joined and transactions committed. */
export function clients(cluster: () => LocalCluster): void {
  it('lets an application write in a transaction and another read it in its group, and lets neither into what is the other’s', async () => {
    const environment = everyIntent('kraft');
    const session = await sessionOn(cluster(), { environment: environment.name, secrets: passwordsOf(environment) });
    await evict(session);
    await session.apply({ ...desiredOf(environment), clusterId: (await session.admin.cluster()).clusterId });
    const { ca } = await cluster().pemOf('convergence');
    const kafkaOf = (username: string) => {
      const sha256 = environment.serviceAccounts[username]?.authentication === 'scram-sha-256';
      const login = { username, password: passwordOf(`${username}-password`) };
      const sasl: SASLOptions = sha256 ? { mechanism: 'scram-sha-256', ...login } : { mechanism: 'scram-sha-512', ...login };
      const brokers = cluster().bootstrap('CLIENT').split(',');
      return new Kafka({
        clientId: username,
        brokers,
        ssl: { ca: [ca] },
        sasl,
        logLevel: logLevel.NOTHING,
        connectionTimeout: 30_000,
        retry: { retries: 2 },
      });
    };
    const transactional = async (user: string, transactionalId: string, topic: string) => {
      const producer = kafkaOf(user).producer({ idempotent: true, maxInFlightRequests: 1, transactionalId });
      try {
        await producer.connect();
        const transaction = await producer.transaction();
        await transaction.send({ topic, messages: [{ value: `of ${user}` }] });
        await transaction.commit();
        return 'written';
      } catch (error) {
        return (error as Error).message;
      } finally {
        await producer.disconnect();
      }
    };
    const reads = async (user: string, groupId: string, topic: string) => {
      const consumer = kafkaOf(user).consumer({ groupId, retry: { retries: 0 } });
      const got: string[] = [];
      consumer.on(consumer.events.CRASH, ({ payload: { error } }) => got.push(error.message));
      try {
        await consumer.connect();
        await consumer.subscribe({ topics: [topic], fromBeginning: true });
        await consumer.run({ eachMessage: async ({ message }) => void got.push(String(message.value)) });
        return await waitFor(`${user} reads or is refused`, async () => got[0], { deadlineMs: 120_000 });
      } catch (error) {
        return (error as Error).message;
      } finally {
        await consumer.disconnect();
      }
    };
    expect({
      wrote: await transactional('ledger', 'ledger-1', 'payments'),
      read: await reads('auditor', 'audit', 'payments'),
      otherTransaction: await transactional('ledger', 'strange', 'payments'),
      otherTopic: await transactional('ledger', 'ledger-2', 'orders'),
      otherGroup: await reads('auditor', 'strangers', 'payments'),
      hidden: await reads('auditor', 'audit', '_kafkon'),
      reader: await transactional('auditor', 'ledger-3', 'payments'),
    }).toEqual({
      wrote: 'written',
      read: 'of ledger',
      // The client asks for the coordinator first, and is refused there already.
      otherTransaction: expect.stringMatching(/authorization failed|coordinator/),
      otherTopic: expect.stringMatching(/Not authorized to access topics/),
      otherGroup: expect.stringMatching(/Not authorized to access group|coordinator/),
      hidden: expect.stringMatching(/Not authorized to access topics/),
      reader: expect.stringMatching(/authorization failed|coordinator/),
    });
    await session.close();
  }, 600_000);
}
