// Runs in a pod, from standard input, with the command line's own libraries: one producer, one consumer, or both. What came of it is
// printed as one line of JSON.
const { Kafka, logLevel, Partitioners } = require('kafkajs');

// The first group of a cluster's life waits until its coordinator has loaded; a refusal is not tried again.
const retry = { retries: 15, initialRetryTime: 200, maxRetryTime: 2_000 };

async function produce(kafka, { topic, values }) {
  const producer = kafka.producer({ createPartitioner: Partitioners.DefaultPartitioner, retry });
  await producer.connect();
  try {
    await producer.send({ topic, acks: -1, messages: values.map((value) => ({ value })) });
  } finally {
    await producer.disconnect();
  }
}

async function consume(kafka, { topic, values, groupId, seconds }) {
  const consumer = kafka.consumer({ groupId, retry });
  const missing = new Set(values);
  await consumer.connect();
  try {
    await consumer.subscribe({ topic, fromBeginning: true });
    await new Promise((resolve, reject) => {
      const timer = setTimeout(() => reject(new Error(`${missing.size} records not read`)), seconds * 1000);
      consumer.on(consumer.events.CRASH, ({ payload }) => {
        if (!payload.restart) reject(payload.error);
      });
      const done = () => {
        clearTimeout(timer);
        resolve();
      };
      consumer
        .run({
          eachMessage: async ({ message }) => {
            missing.delete(message.value?.toString());
            if (missing.size === 0) done();
          },
        })
        .catch(reject);
    });
  } finally {
    await consumer.disconnect();
  }
}

globalThis.main = async ({ config, steps, ...task }) => {
  // By default a connection may take one second, in which pods that have just started do not always shake hands.
  const kafka = new Kafka({ ...config, clientId: 'inside', logLevel: logLevel.NOTHING, connectionTimeout: 30_000, retry });
  try {
    if (steps.includes('produce')) await produce(kafka, task);
    if (steps.includes('consume')) await consume(kafka, task);
    console.log(JSON.stringify({ done: true }));
  } catch (error) {
    console.log(
      JSON.stringify({ done: false, error: [error.name, error.type, error.message, error.cause?.message].filter(Boolean).join(' ') }),
    );
  }
  process.exit(0);
};
