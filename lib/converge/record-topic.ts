import { ClusterFailure, type KafkaAdmin } from '../kafka';
import { ownershipTopic } from '../model';
import { notShown } from './fence';
import { placement } from './placement';
import type { CreateTopic } from './step';

const createWithinMs = 30_000;
/** Kafka's own default, into which every batch of the record fits. */
const mostBytesAtOnce = 1_048_588;

/**
 * Makes the topic of the record, on as many brokers as there are, up to three: losing it means that nothing is owned any more. With
 * ZooKeeper a topic that was just deleted is not shown any more and can't be made yet: then it is tried again.
 * @throws ClusterFailure when it can't be made
 */
export async function createRecordTopic(admin: KafkaAdmin): Promise<void> {
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
