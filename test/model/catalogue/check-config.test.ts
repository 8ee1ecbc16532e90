import { describe, expect, it } from '@jest/globals';
import { type ConfigScope, type ConfigValue, catalogueFor, checkConfig } from '../../../lib/model/catalogue';

const kafka = catalogueFor('3.9');
const messages = (scope: ConfigScope, config: Readonly<Record<string, ConfigValue>>, catalogue = kafka): readonly string[] =>
  checkConfig(catalogue, scope, config).map(({ message }) => message);

describe('checkConfig', () => {
  it('finds nothing wrong with good settings', () => {
    expect(
      checkConfig(kafka, 'broker', { 'num.network.threads': 8, 'log.retention.hours': '168', 'super.users': 'User:a;User:b' }),
    ).toEqual([]);
    expect(checkConfig(kafka, 'topic', { 'retention.ms': 604800000, 'cleanup.policy': 'compact,delete' })).toEqual([]);
    expect(checkConfig(kafka, 'producer', { acks: 'all', 'linger.ms': 5, 'compression.type': 'lz4' })).toEqual([]);
  });

  it('reports all faults at once, in the order of the keys, whatever the order they came in', () => {
    const faults = checkConfig(kafka, 'topic', { 'segment.byte': 1, 'retention.ms': '7d', 'min.insync.replicas': 0 });
    expect(faults.map(({ key, code }) => [key, code])).toEqual([
      ['min.insync.replicas', 'config/out-of-range'],
      ['retention.ms', 'config/wrong-type'],
      ['segment.byte', 'config/unknown-key'],
    ]);
    expect(checkConfig(kafka, 'topic', { 'min.insync.replicas': 0, 'retention.ms': '7d', 'segment.byte': 1 })).toEqual(faults);
  });

  it('names the nearest known setting, and none when nothing is near', () => {
    expect(messages('broker', { 'num.netwrok.threads': 3 })).toEqual([
      'unknown broker setting "num.netwrok.threads" in Kafka 3.9; the nearest known is "num.network.threads"',
    ]);
    expect(messages('topic', { retention_ms: 3 })).toEqual([
      'unknown topic setting "retention_ms" in Kafka 3.9; the nearest known is "retention.ms"',
    ]);
    expect(messages('topic', { colour: 'blue' })).toEqual(['unknown topic setting "colour" in Kafka 3.9; correct or remove it']);
  });

  it('sends client settings to the clients, underscores or not', () => {
    expect(checkConfig(kafka, 'topic', { 'batch.size': 16384 })).toEqual([
      {
        key: 'batch.size',
        code: 'config/client-setting',
        message: '"batch.size" is a producer setting, not a topic\'s; move it under "clients" as "batch.size" of the producer',
      },
    ]);
    expect(messages('broker', { linger_ms: 5 })).toEqual([
      '"linger_ms" is a producer setting, not a broker\'s; move it under "clients" as "linger.ms" of the producer',
    ]);
    expect(messages('producer', { 'fetch.min.bytes': 1 })).toEqual([
      '"fetch.min.bytes" is a consumer setting, not a producer\'s; move it under "clients" as "fetch.min.bytes" of the consumer',
    ]);
  });

  it('tells the settings of topics and brokers apart', () => {
    expect(messages('topic', { 'log.retention.ms': 1 })).toEqual([
      '"log.retention.ms" is a broker setting, not a topic\'s; the topic setting is "retention.ms"',
    ]);
    expect(messages('broker', { 'retention.ms': 1 })).toEqual([
      '"retention.ms" is a topic setting, not a broker\'s; for the default of all topics write "log.retention.ms"',
    ]);
    expect(messages('topic', { 'num.io.threads': 1 })).toEqual([
      '"num.io.threads" is a broker setting, not a topic\'s; move it to the brokers or remove it',
    ]);
  });

  it('tells a setting of another release from a mistyped one', () => {
    expect(messages('broker', { 'zookeeper.connect': 'zookeeper:2181' }, catalogueFor('4.3'))).toEqual([
      'broker setting "zookeeper.connect" exists in Kafka 3.5, 3.6, 3.9 but not in 4.3; remove it or change the Kafka version',
    ]);
  });

  it('leaves references to secrets to Kafka, except on topics, where Kafka resolves none', () => {
    const reference = { 'min.insync.replicas': '$' + '{directory:/secrets:replicas}' };
    expect(checkConfig(kafka, 'broker', reference)).toEqual([]);
    expect(checkConfig(kafka, 'topic', reference)).toHaveLength(1);
  });

  it('lets the settings of plug-ins through where Kafka does', () => {
    const plugins = {
      'config.providers': 'directory',
      'config.providers.directory.class': 'org.apache.kafka.common.config.provider.DirectoryConfigProvider',
      'config.providers.directory.param.allowed.paths': '/secrets',
      'authorizer.zookeeper.url': 'zookeeper:2181',
      'confluent.license.topic.replication.factor': 3,
      'rsm.config.bucket': 'tiered',
    };
    expect(checkConfig(kafka, 'broker', plugins)).toEqual([]);
    expect(checkConfig(kafka, 'topic', plugins)).toHaveLength(6);
    expect(checkConfig(kafka, 'broker', { 'config.providers.directory.klass': 'x' })).toHaveLength(1);
    expect(messages('broker', { 'authorizer.zookeeper.url': 'a' }, catalogueFor('4.3'))).toHaveLength(1);
  });

  it('follows a tiered storage prefix that was changed', () => {
    const config = { 'remote.log.storage.manager.impl.prefix': 'tier.', 'tier.bucket': 'a' };
    expect(checkConfig(kafka, 'broker', config)).toEqual([]);
    expect(checkConfig(kafka, 'broker', { 'tier.bucket': 'a' })).toHaveLength(1);
  });

  it('never prints the value of an unknown setting or of a password', () => {
    const faults = checkConfig(kafka, 'broker', { 'ssl.keystore.pasword': 'hunter2', 'listener.name.A.ssl.key.password': 'hunter2' });
    expect(faults).toHaveLength(2);
    expect(JSON.stringify(faults)).not.toContain('hunter2');
  });
});
