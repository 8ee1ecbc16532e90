import { type Desired, ownershipTopic } from '../../../lib/converge';
import { waitFor } from '../../support/kafka/wait-for';
import type { Session } from './clusters';

/**
 * Takes away all that an environment owns, and then the record: another can move in. By the convergence itself, so that each who leaves
 * proves that nothing is left behind.
 */
export async function vacate(session: Session): Promise<void> {
  const { admin, ports } = session;
  const { environment } = await ports.ownership.read();
  if (environment !== undefined) {
    const { topics } = await ports.ownership.read();
    const nothing: Desired = {
      environment,
      kind: 'development',
      clusterId: (await admin.cluster()).clusterId,
      authorization: (await authorizes(session)) ? 'acl' : 'none',
      topics: [],
      users: [],
      acls: [],
      accounts: [],
      quotas: [],
      deleteTopics: true,
      spreadOverRacks: false,
      configPolicy: 'own-declared',
      aclPolicy: 'exact',
      protectedTopics: [],
      unenforced: { acls: 0, users: 0 },
    };
    await session.apply(nothing, { allow: ['data-loss', 'irreversible'], protectedTopics: [...topics.keys()] });
  }
  const left = (await admin.topics()).filter(({ internal }) => !internal).map(({ name }) => name);
  await admin.deleteTopics(left);
  await waitFor('no topic is left', async () => (await admin.topics()).every(({ name, internal }) => internal || !left.includes(name)));
  // Whoever led the record may hear of its end later than who was asked for the topics.
  await waitFor(`${ownershipTopic} is gone`, async () => (await ports.ownership.read()).environment === undefined);
}

/** `vacate`, and what strangers left there: their ACLs too, which would let accounts do more than is meant. */
export async function evict(session: Session): Promise<void> {
  await vacate(session);
  if (await authorizes(session)) await session.admin.deleteAcls(await session.admin.acls());
}

async function authorizes({ admin }: Session): Promise<boolean> {
  return admin.acls().then(
    () => true,
    () => false,
  );
}
