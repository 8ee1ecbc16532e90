import { randomUUID } from 'node:crypto';
import { securityDisabled } from '../error-codes';
import { readFailure } from '../failure';
import { describeAcls } from '../protocol/acls';
import type { Session } from '../session';
import { maySee } from './topics';

/**
 * Whether this principal sees every topic. Kafka does not say so, but it tells, for any name, whether its topic may be seen.
 * Names that begin in every possible way can all be seen only by who may see all topics, bar those that are denied; what is
 * denied, the ACLs say. Who may not read the ACLs (DESCRIBE on the cluster) can't know.
 */
export async function seesAllTopics(session: Session): Promise<boolean> {
  const denials = await session.read(describeAcls, { resourceType: 'TOPIC', permission: 'DENY' });
  if (denials.code === securityDisabled) return true;
  const unmatched = randomUUID();
  if (denials.code !== 0) {
    const failure = readFailure('DescribeAcls', denials);
    if (failure.reason === 'not-authorized') return false;
    throw failure;
  }
  const denied = denials.entries.flatMap(({ resourceName, patternType }) => {
    if (patternType === 'PREFIXED') return [`${resourceName}${unmatched}`.slice(0, longestTopicName)];
    return resourceName === '*' ? [] : [resourceName];
  });
  return maySee(session, [...new Set([...beginnings.map((beginning) => `${beginning}${unmatched}`), ...denied])]);
}

const longestTopicName = 249;
/** Of each kind of character that a topic's name can begin with, some. */
const beginnings = ['a', 'K', 'z', '0', '9', '_', '-', '.'];
