import type { MetadataLog } from '../admin';
import { readFailure } from '../failure';
import { describeQuorum } from '../protocol/describe-quorum';
import type { Session } from '../session';

/** Nodes fetch at least twice a second; one that has not for so long is down, and will catch up before it serves anybody. */
const downMs = 5_000n;

/** Undefined with ZooKeeper, whose brokers do not know the request. */
export async function readMetadataLog(session: Session): Promise<MetadataLog | undefined> {
  if (!(await session.knows(describeQuorum))) return undefined;
  const { code, highWatermark, replicas } = await session.read(describeQuorum, undefined);
  if (code !== 0) throw readFailure('DescribeQuorum', { code, message: null });
  const up = replicas.filter((one) => replicas.every((other) => other.lastFetchMs - one.lastFetchMs < downMs));
  const lag = new Map(up.map(({ node, logEndOffset }) => [node, logEndOffset < highWatermark ? highWatermark - logEndOffset : 0n]));
  return { committed: highWatermark, lag };
}
