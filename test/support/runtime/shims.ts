import { chmod, mkdir, writeFile } from 'node:fs/promises';
import { delimiter, join } from 'node:path';
import { mappedClasses } from '../kafka/class-archive';
import { type KafkaVersion, kafkaJars } from '../kafka/jars';

/** Kafka's scripts by their names in Apache's image, and the programs behind them. */
const mains = {
  'kafka-server-start.sh': 'kafka.Kafka',
  'zookeeper-server-start.sh': 'org.apache.zookeeper.server.quorum.QuorumPeerMain',
  'kafka-storage.sh': 'kafka.tools.StorageTool',
  'kafka-configs.sh': 'kafka.admin.ConfigCommand',
} as const;

/** Fills a folder with stand-ins for the scripts of Apache's image that read the same environment variables. */
export async function kafkaScripts(folder: string, version: KafkaVersion): Promise<void> {
  await mkdir(folder, { recursive: true });
  const classpath = (await kafkaJars(version)).join(delimiter);
  const mapped = (await mappedClasses(version)).map((option) => `'${option}'`).join(' ');
  for (const [name, main] of Object.entries(mains)) {
    const options = `${mapped} $KAFKA_HEAP_OPTS $KAFKA_JVM_PERFORMANCE_OPTS -XX:TieredStopAtLevel=1 $KAFKA_LOG4J_OPTS $KAFKA_OPTS`;
    await writeFile(join(folder, name), `#!/bin/sh\nexec java ${options} -cp '${classpath}' ${main} "$@"\n`);
    await chmod(join(folder, name), 0o755);
  }
}
