import { describe, expect, it } from '@jest/globals';
import { imageFamilies, processesOf } from '../../lib/runtime';
import { loggingLibraryOf } from '../../lib/runtime/image-family';
import { testAddressing } from '../support/runtime/addressing';
import { environmentNamed, environments } from './environments';

describe('an image family', () => {
  it.each(Object.values(imageFamilies))(
    'has a numeric user that is not root, and absolute paths: $name',
    ({ user, programs, logDirectory, classArchive = '/none' }) => {
      expect(user).toBeGreaterThan(0);
      for (const path of [...Object.values(programs), logDirectory, classArchive]) expect(path).toMatch(/^\//);
    },
  );

  it('decides which programs the start scripts call', () => {
    const script = (name: string, process: string) =>
      processesOf(environmentNamed(name), testAddressing)
        .find((each) => each.name === process)
        ?.files.find(({ path }) => path.endsWith('start.sh'))?.content;
    expect(script('Confluent 7.6, ZooKeeper, open', 'kafka-1')).toContain('exec /usr/bin/kafka-server-start /etc/kafkon/server.properties');
    expect(script('Confluent 7.6, ZooKeeper, open', 'zookeeper-1')).toContain('exec /usr/bin/zookeeper-server-start "$settings"');
    expect(script('Apache 3.9, ZooKeeper, open', 'kafka-1')).toContain('exec /opt/kafka/bin/kafka-server-start.sh');
    expect(script('Confluent 7.6, KRaft, secured', 'kafka-1')).toContain('/usr/bin/kafka-storage "@$arguments"');
  });

  it('logs with log4j up to Kafka 3.9 and with log4j 2 after it', () => {
    expect(['3.5', '3.9', '4.0', '4.3'].map(loggingLibraryOf)).toEqual(['log4j', 'log4j', 'log4j2', 'log4j2']);
  });

  it.each(Object.entries(environments))('leaves no path to write to unsaid: %s', (_, environment) => {
    for (const process of processesOf(environment, testAddressing)) {
      const writable = [...process.scratch, ...process.volumes.map(({ path }) => path)];
      expect(writable).toContain(process.env.LOG_DIR);
      expect(writable).toContain('/tmp');
      const config = process.files.map(({ content }) => content).join('\n');
      for (const [, directory = ''] of config.matchAll(/^(?:log\.dirs|metadata\.log\.dir|dataDir|dataLogDir)=(\S+)$/gm)) {
        expect(writable.some((path) => directory === path || directory.startsWith(`${path}/`))).toBe(true);
      }
    }
  });
});
