import { ClusterFailure, Fenced, type Hold, type KafkaAdmin, type RecordLog } from '../kafka';
import { ownershipTopic } from '../model';
import { notShown } from './fence';
import { type Lock, LockLost } from './lock';
import type { OwnershipStore } from './ownership';
import { changedRecords, ownershipOf, recordsOf } from './ownership-records';
import { placement } from './placement';
import type { CreateTopic } from './step';

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
  let hold: Hold | undefined;
  const ownership: OwnershipStore = {
    read: async () => {
      known = await log.read(ownershipTopic);
      return ownershipOf(known ?? new Map());
    },
    write: async (next) => {
      const records = recordsOf(next);
      if (known === undefined) await createTopic(admin);
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
/** Kafka's own default, into which every batch of the record fits. */
const mostBytesAtOnce = 1_048_588;

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

/**
 * On as many brokers as there are, up to three: losing it means that nothing is owned any more. With ZooKeeper a topic that was just
 * deleted is not shown any more and can't be made yet: then it is tried again.
 * @throws ClusterFailure when it can't be made
 */
async function createTopic(admin: KafkaAdmin): Promise<void> {
  const { brokers } = await admin.cluster();
  const replicationFactor = Math.min(3, brokers.length);
  const config = {
    'cleanup.policy': 'compact',
    'min.insync.replicas': String(Math.max(1, replicationFactor - 1)),
    // What brokers give topics by default would hold here too: compressed, the record can't be read; in small messages alone, not
    // written; and led by a replica that lags, it is lost.
    'compression.type': 'uncompressed',
    'max.message.bytes': String(mostBytesAtOnce),
    'unclean.leader.election.enable': 'false',
  };
  const step: CreateTopic = {
    kind: 'create-topic',
    id: ownershipTopic,
    class: 'online',
    affects: [],
    undo: [],
    topic: ownershipTopic,
    partitions: 1,
    replicationFactor,
    config,
  };
  const topic = { name: ownershipTopic, partitions: 1, replicationFactor, config };
  const deadline = Date.now() + createWithinMs;
  for (;;) {
    const made = await admin.createTopics([{ ...topic, ...placement(topic, brokers) }]);
    const outcome = made.get(ownershipTopic);
    if (outcome?.done === false && outcome.reason === 'not-authorized') throw new ClusterFailure('not-authorized', outcome.message);
    const withinMs = outcome?.done === true ? createWithinMs : 1_000;
    if ((await notShown([step], admin, { withinMs })).length === 0) return;
    if (Date.now() > deadline) {
      const why = outcome?.done === false ? outcome.message : 'it was made and does not show';
      throw new ClusterFailure('timed-out', `the topic ${ownershipTopic} could not be made: ${why}`);
    }
  }
}
