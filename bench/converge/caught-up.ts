import { clientFor } from '../../lib/kafka';
import type { AclEntry } from '../../lib/model';
import { waitFor } from '../../test/support/kafka/wait-for';

/** Nobody's, on nothing. */
const mark: AclEntry = {
  principal: 'User:caught-up',
  host: '*',
  operation: 'DESCRIBE',
  permission: 'ALLOW',
  resourceType: 'GROUP',
  resourceName: 'caught-up',
  patternType: 'LITERAL',
};

/**
 * Waits until a broker has done all that was asked of it before. It replays the metadata log in order, and of what it reads at once
 * ACLs come last, behind the log directories of new topics: so once it serves an ACL that was made now, and then no longer that it was
 * taken away again, there is nothing left. (What it says of topics and settings does not tell: it serves those before it has
 * made their directories.)
 */
export async function caughtUp(address: string, deadlineMs = 180_000): Promise<void> {
  const admin = clientFor({ bootstrapServers: [address], requestTimeoutMs: 120_000 });
  const served = async () => (await admin.acls()).some(({ principal }) => principal === mark.principal);
  try {
    await admin.createAcls([mark]);
    await waitFor('the broker serves the last ACL', served, { deadlineMs, everyMs: 50 });
    await admin.deleteAcls([mark]);
    await waitFor('the broker has taken the last ACL away', async () => !(await served()), { deadlineMs, everyMs: 50 });
  } finally {
    await admin.close();
  }
}
