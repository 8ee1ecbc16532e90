import { expect } from '@jest/globals';
import type { Desired } from '../../lib/converge';
import { converge, Killed, portsOf, recordOf, type TestCluster } from '../support/converge/cluster';

/** Whether a run dies before a request takes effect, or after. */
export type Moment = 'before' | 'after';

/**
 * Goes from one desired state to another and dies at each of the requests in turn: running again has to end in the state, and with the
 * record, of a run that nothing came over.
 */
export async function everyCrashPoint(
  make: () => TestCluster | Promise<TestCluster>,
  [first, second]: readonly [Desired, Desired],
  moment: Moment,
  stateOf: (cluster: TestCluster) => object | Promise<object>,
): Promise<void> {
  const start = async (): Promise<TestCluster> => {
    const cluster = await make();
    await converge(first, portsOf(cluster));
    return cluster;
  };
  const straight = await start();
  await converge(second, portsOf(straight));
  const goal = await stateOf(straight);
  const { applied: _, ...expected } = await recordOf(straight);
  for (let index = 0; ; index++) {
    const cluster = await start();
    if (!(await dies(converge(second, portsOf(cluster, killedAt(index, moment)))))) break;
    await converge(second, portsOf(cluster));
    expect({ index, ...(await stateOf(cluster)) }).toEqual({ index, ...goal });
    const { applied: __, ...record } = await recordOf(cluster);
    expect(record).toEqual(expected);
  }
}

function killedAt(index: number, moment: Moment) {
  let count = 0;
  return (_request: string, when: Moment) => {
    if (when === moment && count++ === index) throw new Killed();
  };
}

async function dies(run: Promise<unknown>): Promise<boolean> {
  try {
    await run;
    return false;
  } catch (error) {
    if (error instanceof Killed) return true;
    throw error;
  }
}
