import type { Desired } from '../../../lib/converge';

export const standInClusterId = '4L6g3nShT-eMCtK--X86sw';

/** What is wanted of a stand-in: nothing, but for what the test says. */
export function desiredWith(change: Partial<Desired> = {}): Desired {
  return {
    environment: 'orders-production',
    kind: 'production',
    clusterId: standInClusterId,
    authorization: 'acl',
    topics: [],
    users: [],
    acls: [],
    accounts: [],
    quotas: [],
    deleteTopics: false,
    spreadOverRacks: true,
    configPolicy: 'own-declared',
    aclPolicy: 'exact',
    protectedTopics: [],
    unenforced: { acls: 0, users: 0 },
    ...change,
  };
}
