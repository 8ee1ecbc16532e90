import {
  type ApplyOptions,
  type ApplyPorts,
  type ApplyResult,
  apply,
  type Desired,
  type Lock,
  memoryLock,
  memoryOwnership,
  type OwnershipStore,
  type Plan,
  planWithImpact,
  readLive,
} from '../../../lib/converge';
import { type Spy, type StandInState, standInAdmin, standInState } from './stand-in-admin';

/** A stand-in cluster with everything that a run needs beside it. */
export interface TestCluster {
  readonly state: StandInState;
  readonly store: OwnershipStore;
  readonly lock: Lock;
  readonly secrets: Map<string, string>;
  now: Date;
}

export function testCluster(state: StandInState = standInState()): TestCluster {
  return { state, store: memoryOwnership(), lock: memoryLock(), secrets: new Map(), now: new Date('2026-11-21T12:00:00Z') };
}

/** The ports of one run; the spy sees every request, those of the record too. */
export function portsOf(cluster: TestCluster, spy: Spy = () => undefined): ApplyPorts {
  const { state, store, lock, secrets } = cluster;
  const watched = async <Answer>(name: string, act: () => Promise<Answer>): Promise<Answer> => {
    await spy(name, 'before');
    const answer = await act();
    await spy(name, 'after');
    return answer;
  };
  return {
    admin: standInAdmin(state, spy),
    ownership: {
      read: () => watched('ownership.read', () => store.read()),
      write: (ownership) => watched('ownership.write', () => store.write(ownership)),
    },
    lock: {
      take: async () => {
        const held = await watched('lock.take', () => lock.take());
        return { prove: () => watched('lock.prove', () => held.prove()), release: () => held.release() };
      },
    },
    secrets: { read: async (name) => secrets.get(name) },
    now: () => cluster.now,
  };
}

export async function planFor(desired: Desired, ports: ApplyPorts): Promise<Plan> {
  return planWithImpact(desired, await readLive(desired, ports), ports.admin);
}

/** Consent to everything. */
export const allAllowed: ApplyOptions = {
  allow: ['data-loss', 'irreversible'],
  ask: async () => true,
  showWithinMs: 200,
};

export async function converge(desired: Desired, ports: ApplyPorts, options: ApplyOptions = allAllowed): Promise<ApplyResult> {
  return apply(await planFor(desired, ports), ports, options);
}
