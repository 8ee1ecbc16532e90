import type { Stage } from './stage';

const settings = [
  'security.protocol=SSL',
  'config.providers=directory',
  'config.providers.directory.class=org.apache.kafka.common.config.provider.DirectoryConfigProvider',
  ...['keystore', 'truststore'].flatMap((store) => [
    `ssl.${store}.type=PKCS12`,
    `ssl.${store}.location=/etc/kafkon-secrets/broker/${store}.p12`,
    `ssl.${store}.password=\${directory:/etc/kafkon-secrets/passwords:keystore-password}`,
  ]),
];

/** Runs one of Kafka's tools in a broker's pod, over the listener of the brokers and with their certificate, and answers what it printed. */
export function asBroker(stage: Stage, pod: string, tool: string, ...words: readonly string[]): Promise<string> {
  const lines = settings.map((line) => `'${line}'`).join(' ');
  const host = `${pod}.kafka-headless.${stage.namespace.name}.svc.cluster.local`;
  const command = `/opt/kafka/bin/kafka-run-class.sh ${tool} --bootstrap-server ${host}:9091 --command-config /tmp/client ${words.join(' ')}`;
  const script = `printf '%s\\n' ${lines} >/tmp/client; KAFKA_OPTS= KAFKA_JMX_OPTS= KAFKA_HEAP_OPTS=-Xmx128m ${command}; status=$?; rm /tmp/client; exit $status`;
  return stage.namespace.kubectl(['exec', pod, '-c', 'kafka', '--', 'sh', '-c', script]);
}
