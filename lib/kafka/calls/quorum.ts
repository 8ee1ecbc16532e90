import { readFailure } from '../failure';
import { describeQuorum } from '../protocol/describe-quorum';
import type { Session } from '../session';

/** Undefined with ZooKeeper, whose brokers do not know the request. */
export async function readMetadataLag(session: Session): Promise<ReadonlyMap<number, bigint> | undefined> {
  if (!(await session.knows(describeQuorum))) return undefined;
  const { code, highWatermark, ends } = await session.read(describeQuorum, undefined);
  if (code !== 0) throw readFailure('DescribeQuorum', { code, message: null });
  return new Map(ends.map(([node, end]) => [node, end < highWatermark ? highWatermark - end : 0n]));
}
