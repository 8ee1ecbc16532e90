import type { Engine, Execution } from '../../../lib/lifecycle';

/** One of Kafka's tools, started inside a node. */
export interface Tool {
  /** Lines of the client settings it finds at `/tmp/client`. @default none */
  readonly settings?: readonly string[];
  /** Its name in `/opt/kafka/bin` and its words. */
  readonly words: string;
  /** One line that it reads. */
  readonly input?: string;
}

/** A tool ends before the second compiler pays; an image without the archive has to load its classes. */
const java = '-XX:+UseSerialGC -XX:TieredStopAtLevel=1 -XX:SharedArchiveFile=/opt/kafka/kafka.jsa';

/** Runs a tool in a container and waits for it; its settings are gone afterwards. */
export function toolIn(engine: Engine, container: string, { settings = [], words, input = '' }: Tool): Promise<Execution> {
  const lines = settings.map((line) => `'${line}'`).join(' ');
  const run = `KAFKA_OPTS= KAFKA_JMX_OPTS= KAFKA_HEAP_OPTS=-Xmx128m KAFKA_JVM_PERFORMANCE_OPTS='${java}' /opt/kafka/bin/${words}`;
  return engine.run(container, [
    'sh',
    '-c',
    `umask 077; printf '%s\\n' ${lines} >/tmp/client; printf '%s\\n' '${input}' | ${run}; status=$?; rm /tmp/client; exit $status`,
  ]);
}
