import { brokerSettings } from '../broker-settings';
import type { Stage } from './stage';

/** Runs one of Kafka's tools in a broker's pod, over the listener of the brokers and with their certificate, and answers what it printed. */
export function asBroker(stage: Stage, pod: string, tool: string, ...words: readonly string[]): Promise<string> {
  const lines = brokerSettings.map((line) => `'${line}'`).join(' ');
  const host = `${pod}.kafka-headless.${stage.namespace.name}.svc.cluster.local`;
  const command = `/opt/kafka/bin/kafka-run-class.sh ${tool} --bootstrap-server ${host}:9091 --command-config /tmp/client ${words.join(' ')}`;
  const script = `printf '%s\\n' ${lines} >/tmp/client; KAFKA_OPTS= KAFKA_JMX_OPTS= KAFKA_HEAP_OPTS=-Xmx128m ${command}; status=$?; rm /tmp/client; exit $status`;
  return stage.namespace.kubectl(['exec', pod, '-c', 'kafka', '--', 'sh', '-c', script]);
}
