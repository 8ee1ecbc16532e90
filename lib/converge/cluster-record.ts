import { ClusterFailure, Fenced, type Hold, type KafkaAdmin, type RecordLog } from '../kafka';
import { ownershipTopic } from '../model';
import { type Lock, LockLost } from './lock';
import type { Ownership, OwnershipStore } from './ownership';
import { changedRecords, ownershipOf, recordsOf } from './ownership-records';

/**
 * The record of what is owned, in a compacted topic of the cluster itself, and the lock that guards it: a transactional id. What is
 * written under the lock is one transaction, so that a run that was fenced writes nothing into the record.
 */
export function clusterRecord(
  log: RecordLog,
  admin: KafkaAdmin,
  environment: string,
): { readonly ownership: OwnershipStore; readonly lock: Lock } {
  let known: ReadonlyMap<string, string> | undefined;
  let parsed: { readonly records: typeof known; readonly ownership: Ownership } | undefined;
  let hold: Hold | undefined;
  const ownership: OwnershipStore = {
    read: async () => {
      known = await log.read(ownershipTopic);
      // Read again under the lock, it mostly is what it was.
      if (parsed === undefined || parsed.records !== known) parsed = { records: known, ownership: ownershipOf(known ?? new Map()) };
      return parsed.ownership;
    },
    write: async (next) => {
      const records = recordsOf(next);
      if (known === undefined) await (require('./record-topic') as typeof import('./record-topic')).createRecordTopic(admin);
      const changes = changedRecords(known ?? new Map(), records);
      const append = () => fenced(() => log.append(ownershipTopic, changes, hold));
      if (changes.size > 0) await (known === undefined ? onceKnown(append) : append());
      known = records;
    },
  };
  const lock: Lock = {
    take: async () => {
      const taken = await log.lock(`kafkon-${environment}`);
      hold = taken;
      return {
        prove: async () => {
          if (!(await taken.holds())) throw new LockLost();
        },
        release: async () => {
          if (hold === taken) hold = undefined;
        },
      };
    },
  };
  return { ownership, lock };
}

async function fenced(write: () => Promise<void>): Promise<void> {
  try {
    await write();
  } catch (error) {
    throw error instanceof Fenced ? new LockLost() : error;
  }
}

const createWithinMs = 30_000;
const betweenTriesMs = 200;
/** A broker of a busy cluster may not have heard of the topic yet although others show it. */
async function onceKnown(write: () => Promise<void>): Promise<void> {
  for (const deadline = Date.now() + createWithinMs; ; ) {
    try {
      return await write();
    } catch (error) {
      if (!(error instanceof ClusterFailure && error.reason === 'unsupported') || Date.now() > deadline) throw error;
      await new Promise((resolve) => setTimeout(resolve, betweenTriesMs));
    }
  }
}
