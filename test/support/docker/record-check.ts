import { randomUUID } from 'node:crypto';
import { setTimeout as sleep } from 'node:timers/promises';
import { Kafka, type KafkaConfig, logLevel, Partitioners } from 'kafkajs';
import { waitFor } from '../kafka/wait-for';

/** A client of a cluster that gives up late, as programs do that have to live through a restart. */
export function clientOf(config: Pick<KafkaConfig, 'brokers'> & Partial<KafkaConfig>): Kafka {
  return new Kafka({
    clientId: 'e2e',
    logLevel: logLevel.NOTHING,
    retry: { retries: 30, initialRetryTime: 200, maxRetryTime: 2000 },
    // The client's own 1 s and 10 s are too short for a TLS handshake while a whole cluster starts on two cores.
    connectionTimeout: 30_000,
    authenticationTimeout: 30_000,
    ...config,
  });
}

/** Makes a topic and waits until each of its partitions has a leader. */
export async function createTopic(kafka: Kafka, topic: string, partitions: number, replicas: number): Promise<void> {
  const admin = kafka.admin();
  await admin.connect();
  await admin.createTopics({ waitForLeaders: false, topics: [{ topic, numPartitions: partitions, replicationFactor: replicas }] });
  await admin.disconnect();
  await topicReady(kafka, topic, partitions, replicas);
}

/** Waits until a topic that somebody else made is there as it should be, each partition with a leader and all its replicas. */
export async function topicReady(kafka: Kafka, topic: string, partitions: number, replicas: number): Promise<void> {
  const admin = kafka.admin();
  await admin.connect();
  // Each broker hears of it in its own time.
  await waitFor(`leaders of ${topic}`, async () => {
    const { topics } = await admin.fetchTopicMetadata({ topics: [topic] });
    return (
      topics[0]?.partitions.length === partitions && topics[0].partitions.every(({ leader, isr }) => leader >= 0 && isr.length === replicas)
    );
  });
  await admin.disconnect();
}

/** Sends records and waits until all replicas in sync have them. */
export async function send(kafka: Kafka, topic: string, values: readonly string[]): Promise<void> {
  const producer = kafka.producer({ createPartitioner: Partitioners.DefaultPartitioner });
  try {
    await producer.connect();
    await producer.send({ topic, acks: -1, messages: values.map((value) => ({ value })) });
  } finally {
    await producer.disconnect();
  }
}

/** Sends a few records through a listener and reads them back through it. Returns those that were read; one sent again counts once. */
export async function roundTrip(kafka: Kafka, topic: string, count = 5): Promise<readonly string[]> {
  const mark = randomUUID();
  const sent = Array.from({ length: count }, (_, index) => `${mark} ${index}`);
  await send(kafka, topic, sent);
  const own = (values: readonly string[]) => [...new Set(values.filter((value) => value.startsWith(mark)))];
  return own(await readAll(kafka, topic, (values) => own(values).length >= count));
}

/** Reads a topic from its beginning until enough is there, in a new group. @default group - one that begins with `check-` */
export async function readAll(
  kafka: Kafka,
  topic: string,
  enough: (values: readonly string[]) => boolean,
  group = 'check',
  seen: (value: string, partition: number) => void = () => {},
): Promise<readonly string[]> {
  const consumer = kafka.consumer({ groupId: `${group}-${randomUUID()}` });
  const values: string[] = [];
  try {
    await consumer.connect();
    await consumer.subscribe({ topic, fromBeginning: true });
    await consumer.run({
      eachMessage: async ({ message, partition }) => {
        values.push(message.value?.toString() ?? '');
        seen(message.value?.toString() ?? '', partition);
      },
    });
    await waitFor(`enough records in ${topic}`, () => enough(values), { context: () => `read ${values.length}` });
  } finally {
    await consumer.disconnect();
  }
  return values;
}

/** How many replicas of some topics each broker has. */
export async function replicasByBroker(kafka: Kafka, topics: readonly string[]): Promise<ReadonlyMap<number, number>> {
  const admin = kafka.admin();
  await admin.connect();
  const metadata = await admin.fetchTopicMetadata({ topics: [...topics] });
  await admin.disconnect();
  const counts = new Map<number, number>();
  for (const { partitions } of metadata.topics)
    for (const { replicas } of partitions) for (const id of replicas) counts.set(id, (counts.get(id) ?? 0) + 1);
  return counts;
}

async function partitionsOf(kafka: Kafka, topic: string): Promise<readonly number[]> {
  const admin = kafka.admin();
  await admin.connect();
  const { topics } = await admin.fetchTopicMetadata({ topics: [topic] });
  await admin.disconnect();
  return (topics[0]?.partitions ?? []).map(({ partitionId }) => partitionId);
}

/** A producer that goes on sending, each record acknowledged by all replicas in sync, while something happens to the cluster. */
export interface Stream {
  /** How many records are acknowledged so far. */
  acknowledged(): number;
  /** How many records were given up, in spite of all that the client tried. */
  failed(): number;
  /** Ends, reads the topic and answers which of the acknowledged records are not in it. */
  lost(): Promise<readonly string[]>;
  /** Ends, reads the topic and answers which of the acknowledged records are not in it, and which came after a later one. */
  outcome(): Promise<{ readonly lost: readonly string[]; readonly reordered: readonly string[] }>;
}

/** Starts a stream of numbered records. */
export async function startStream(kafka: Kafka, topic: string): Promise<Stream> {
  const mark = randomUUID();
  const producer = kafka.producer({
    createPartitioner: Partitioners.DefaultPartitioner,
    retry: { retries: 30, initialRetryTime: 100, maxRetryTime: 2000 },
  });
  await producer.connect();
  const partitions = await partitionsOf(kafka, topic);
  const acknowledged: string[] = [];
  let running = true;
  let next = 0;
  let failed = 0;
  const work = (async () => {
    for (let turn = 0; running; turn++) {
      const values = Array.from({ length: 10 }, () => `${mark} ${next++}`);
      // One partition at a time: when a leader moves in the middle of a request for several, kafkajs can drop what it was to send to
      // the new one and call the whole sent. And what the brokers did not name in their answer was not acknowledged.
      const partition = partitions[turn % partitions.length] ?? 0;
      try {
        const answers = await producer.send({ topic, acks: -1, messages: values.map((value) => ({ value, partition })) });
        if (answers.some((answer) => answer.partition === partition && answer.errorCode === 0)) acknowledged.push(...values);
      } catch {
        // Not acknowledged, so nobody was promised anything.
        failed += values.length;
      }
      await sleep(20);
    }
  })();
  const outcome = async () => {
    running = false;
    await work;
    await producer.disconnect();
    const promised = new Set(acknowledged);
    const missing = (values: readonly string[]) => {
      const read = new Set(values);
      return [...promised].filter((value) => !read.has(value));
    };
    const order = orderCheck(mark, promised);
    let read: readonly string[] = [];
    await readAll(
      kafka,
      topic,
      (values) => {
        read = values;
        return missing(values).length === 0;
      },
      'check',
      order.see,
    ).catch((error: unknown) => {
      // Nothing at all was read: that is no loss, that is a consumer that did not come to work.
      if (read.length === 0) throw error;
    });
    return { lost: missing(read), reordered: order.reordered };
  };
  return { acknowledged: () => acknowledged.length, failed: () => failed, lost: async () => (await outcome()).lost, outcome };
}

/** Records are numbered. What is sent again because an answer was lost may come twice, but not first after a later one. */
function orderCheck(mark: string, promised: ReadonlySet<string>) {
  const highest = new Map<number, number>();
  const known = new Set<string>();
  const reordered: string[] = [];
  return {
    reordered,
    see(value: string, partition: number): void {
      if (!promised.has(value) || known.has(value)) return;
      known.add(value);
      const number = Number(value.slice(mark.length + 1));
      const before = highest.get(partition) ?? -1;
      if (number < before) reordered.push(value);
      highest.set(partition, Math.max(before, number));
    },
  };
}
