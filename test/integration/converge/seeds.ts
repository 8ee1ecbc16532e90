import { expect, it } from '@jest/globals';
import { desiredOf } from '../../../lib/converge';
import { aclKey, aclsOf, convergedPart } from '../../../lib/model';
import { environmentOf } from '../../environments/environments';
import type { LocalCluster } from '../../support/runtime/local-cluster';
import { passwordsOf } from './accounts';
import { sessionOn } from './clusters';
import { evict, vacate } from './vacate';

/** What a plan may have to say of an environment that is as declared. */
const harmless = ['acls-not-enforced', 'users-not-enforced', 'redundant-acl'];

/** A committed environment, all that it wants of a cluster, on a cluster of its kind with as many brokers. */
export function seed(id: string, cluster: () => LocalCluster): void {
  it(`holds everything of ${id}, and then there is nothing left to do`, async () => {
    // Of what an operator owns, nothing.
    const environment = convergedPart(environmentOf(id));
    const session = await sessionOn(cluster(), { environment: environment.name, secrets: passwordsOf(environment) });
    const { admin } = session;
    try {
      await evict(session);
      const strangers = new Set((await admin.scramUsers()).keys());
      const desired = { ...desiredOf(environment), clusterId: (await admin.cluster()).clusterId };
      await session.apply(desired);

      const before = session.requests();
      const again = await session.plan(desired);
      expect({ steps: again.steps, notes: again.notes.filter(({ code }) => !harmless.includes(code)) }).toEqual({ steps: [], notes: [] });
      expect(session.requests() - before).toBeLessThanOrEqual(12);

      const topics = await admin.topics(environment.topics.map(({ name }) => name));
      expect(topics.map(({ name, partitions }) => [name, partitions.length, partitions[0]?.replicas.length]).sort()).toEqual(
        environment.topics.map(({ name, partitions, replicationFactor }) => [name, partitions, replicationFactor]).sort(),
      );
      if (environment.authorization === 'acl') {
        const own = (await admin.acls()).filter(({ resourceName, permission }) => !(resourceName === '_kafkon' && permission === 'DENY'));
        expect(own.map(aclKey).sort()).toEqual(aclsOf(environment).map(aclKey));
        const users = [...(await admin.scramUsers()).keys()].filter((user) => !strangers.has(user)).sort();
        expect(users).toEqual(desired.users.map(({ user }) => user).sort());
      }
      await vacate(session);
      if (environment.authorization === 'acl') expect(await admin.acls()).toEqual([]);
    } finally {
      await session.close();
    }
  });
}
