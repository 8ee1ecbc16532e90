import type { Process } from './process';
import { parseProperties, type Settings } from './properties';
import { serverPropertiesPath } from './server-properties';
import { zooCfgPath } from './zookeeper-properties';

/** What every Kafka node and ZooKeeper server is set to, read back from the files it would read, by the name of the process. */
export function effectiveConfig(processes: readonly Process[]): Readonly<Record<string, Settings>> {
  return Object.fromEntries(
    processes.flatMap(({ name, files }) => {
      const file = files.find(({ path }) => path === serverPropertiesPath || path === zooCfgPath);
      return file === undefined ? [] : [[name, parseProperties(file.content)]];
    }),
  );
}
