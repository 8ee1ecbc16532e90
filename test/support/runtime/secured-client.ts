import type { LocalCluster } from './local-cluster';

/** How a SCRAM client of a test logs in. */
export function scramSettings(user: string, password: string): Readonly<Record<string, string>> {
  return {
    'security.protocol': 'SASL_SSL',
    'sasl.mechanism': 'SCRAM-SHA-512',
    'sasl.jaas.config': `org.apache.kafka.common.security.scram.ScramLoginModule required username="${user}" password="${password}";`,
  };
}

/** Writes one record with the console producer, reads it with the console consumer, and answers what was read. */
export async function roundTrip(cluster: LocalCluster, topic: string, client?: string): Promise<string> {
  const server = ['--bootstrap-server', cluster.bootstrap('CLIENT'), '--topic', topic];
  const producer = client === undefined ? [] : ['--producer.config', client];
  const consumer = client === undefined ? [] : ['--consumer.config', client];
  await cluster.tools.run('consoleProducer', [...server, ...producer], { input: 'first\n' });
  const read = await cluster.tools.run('consoleConsumer', [
    ...server,
    ...consumer,
    '--group',
    'readers',
    '--from-beginning',
    '--max-messages',
    '1',
    '--timeout-ms',
    '30000',
  ]);
  // Kafka 4 tells first that an option goes by another name now.
  return read.trim().split('\n').at(-1) ?? '';
}
