import { describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import { type ConfigDefinition, type ConfigValue, catalogueFor } from '../../../lib/model/catalogue';
import { checkValue } from '../../../lib/model/catalogue/check-value';

const broker = (key: string): ConfigDefinition => {
  const definition = catalogueFor('4.3').definition('broker', key);
  if (definition === undefined) throw new Error(`${key} is unknown`);
  return definition;
};
const code = (key: string, value: ConfigValue): string | undefined => checkValue(broker(key), value)?.code;
const message = (key: string, value: ConfigValue): string | undefined => checkValue(broker(key), value)?.message;

describe('checkValue', () => {
  it('takes numbers as numbers and as text', () => {
    expect(code('num.io.threads', 8)).toBeUndefined();
    expect(code('num.io.threads', ' 8 ')).toBeUndefined();
    expect(code('log.cleaner.min.cleanable.ratio', '0.5')).toBeUndefined();
    expect(code('log.flush.interval.messages', '9223372036854775807')).toBeUndefined();
  });

  it.each<[string, ConfigValue, string]>([
    ['log.retention.ms', '7d', '"log.retention.ms" "7d" is not a whole number; Kafka knows no unit suffixes, write the plain number'],
    [
      'log.segment.bytes',
      '1 GiB',
      '"log.segment.bytes" "1 GiB" is not a whole number; Kafka knows no unit suffixes, write the plain number',
    ],
    ['num.io.threads', 1.5, '"num.io.threads" 1.5 is not a whole number; write the number'],
    ['num.io.threads', true, '"num.io.threads" true is not a whole number; write the number'],
    ['log.cleaner.min.cleanable.ratio', 'half', '"log.cleaner.min.cleanable.ratio" "half" is not a number; write the number'],
    [
      'principal.builder.class',
      'no such class',
      '"principal.builder.class" "no such class" is not a class name; write it with its package',
    ],
    ['auto.create.topics.enable', 1, '"auto.create.topics.enable" 1 is not a boolean; write true or false'],
    ['auto.create.topics.enable', 'yes', '"auto.create.topics.enable" "yes" is not a boolean; write true or false'],
  ])('refuses the wrong type: %s %j', (key, value, expected) => {
    expect(checkValue(broker(key), value)).toEqual({ code: 'config/wrong-type', message: expected });
  });

  it.each<[string, ConfigValue, string]>([
    ['num.io.threads', 0, '"num.io.threads" 0 is below 1; raise it to at least 1'],
    ['log.cleaner.min.cleanable.ratio', 1.1, '"log.cleaner.min.cleanable.ratio" 1.1 is above 1; lower it to at most 1'],
    ['num.io.threads', '2147483648', '"num.io.threads" 2147483648 is above 2147483647; lower it to at most 2147483647'],
    ['compression.gzip.level', 0, '"compression.gzip.level" 0 is not allowed; choose another value from -1 to 9'],
  ])('refuses what is out of range: %s %j', (key, value, expected) => {
    expect(checkValue(broker(key), value)).toEqual({ code: 'config/out-of-range', message: expected });
  });

  it('refuses a number that was rounded before it came here', () => {
    expect(code('log.flush.interval.messages', Number('9223372036854775807'))).toBe('config/inexact-number');
  });

  it('compares words with those allowed, item by item in a list', () => {
    expect(code('log.cleanup.policy', 'compact, delete')).toBeUndefined();
    expect(message('log.cleanup.policy', 'compact,remove')).toBe(
      '"log.cleanup.policy" does not allow "remove"; write one of compact, delete',
    );
    expect(code('compression.type', 'GZIP')).toBe('config/not-allowed');
    expect(code('group.consumer.migration.policy', 'Upgrade')).toBeUndefined();
  });

  it('refuses empty values and repeated items where Kafka does', () => {
    expect(message('listeners', '')).toBe('"listeners" is empty and must not be; give it a value or remove it');
    expect(message('log.dirs', '/a,/b,/a')).toBe('"log.dirs" names "/a" twice; name it once');
    expect(code('metric.reporters', '')).toBeUndefined();
  });

  it('takes a protocol version, its release and any patch of it', () => {
    const version = catalogueFor('3.6').definition('broker', 'inter.broker.protocol.version');
    if (version === undefined) throw new Error('inter.broker.protocol.version is unknown');
    expect(['3.5', '3.5-IV2', '3.5.1', '0.10.2'].map((value) => checkValue(version, value))).toEqual([
      undefined,
      undefined,
      undefined,
      undefined,
    ]);
    expect(checkValue(version, '4.5')?.message).toBe(
      '"inter.broker.protocol.version" does not allow "4.5"; write one of 0.8.0, …, 3.6-IV2',
    );
  });

  it('judges whole numbers by the limits alone', () => {
    fc.assert(
      fc.property(fc.maxSafeInteger(), (number) => {
        const isFine = number >= 1 && number <= 2147483647;
        expect(code('num.io.threads', number)).toBe(isFine ? undefined : 'config/out-of-range');
        expect(code('num.io.threads', String(number))).toBe(isFine ? undefined : 'config/out-of-range');
      }),
    );
  });

  it('never fails on a password, nor prints one', () => {
    fc.assert(fc.property(fc.string(), (secret) => expect(code('ssl.keystore.password', secret)).toBeUndefined()));
  });
});
