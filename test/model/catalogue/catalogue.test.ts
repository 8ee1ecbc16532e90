import { describe, expect, it } from '@jest/globals';
import { type CatalogueLine, type ConfigScope, catalogueFor, catalogueLines, checkConfig } from '../../../lib/model/catalogue';

const scopes: readonly ConfigScope[] = ['broker', 'topic', 'producer', 'consumer'];
const of = (line: CatalogueLine, scope: ConfigScope, key: string) => catalogueFor(line).definition(scope, key);

describe('catalogue', () => {
  it('says which release each line was read from', () => {
    expect(catalogueLines.map((line) => catalogueFor(line).kafkaVersion)).toEqual(['3.5.2', '3.6.2', '3.9.2', '4.3.1']);
  });

  it('knows ZooKeeper up to 3.9 and not in 4.3', () => {
    expect(catalogueLines.filter((line) => of(line, 'broker', 'zookeeper.connect'))).toEqual(['3.5', '3.6', '3.9']);
  });

  it('requires roles, id and controller listeners from 4 on', () => {
    const required = (line: CatalogueLine) =>
      catalogueFor(line)
        .keys('broker')
        .filter((key) => of(line, 'broker', key)?.required);
    expect(required('3.9')).toEqual([]);
    expect(required('4.3')).toEqual(['controller.listener.names', 'node.id', 'process.roles']);
  });

  it.each(catalogueLines)('knows how a change reaches a running broker of %s', (line) => {
    expect(of(line, 'broker', 'num.network.threads')).toMatchObject({ type: 'int', default: '3', min: 1, update: 'cluster-wide' });
    expect(of(line, 'broker', 'log.retention.ms')).toEqual({ key: 'log.retention.ms', type: 'long', update: 'cluster-wide' });
    expect(of(line, 'broker', 'ssl.keystore.location')?.update).toBe('per-broker');
    expect(of(line, 'broker', 'process.roles')).toMatchObject({ type: 'list', allowed: ['broker', 'controller'], update: 'read-only' });
    expect(of(line, 'broker', 'log.retention.hours')).toMatchObject({ default: '168', update: 'read-only' });
  });

  it.each(catalogueLines)('knows the topic settings of %s and the broker settings behind them', (line) => {
    expect(of(line, 'topic', 'min.insync.replicas')).toMatchObject({ type: 'int', min: 1, brokerSynonym: 'min.insync.replicas' });
    expect(of(line, 'topic', 'retention.ms')).toMatchObject({
      type: 'long',
      default: '604800000',
      min: -1,
      brokerSynonym: 'log.retention.ms',
    });
    expect(of(line, 'topic', 'cleanup.policy')).toMatchObject({ type: 'list', default: 'delete', allowed: ['compact', 'delete'] });
    expect(of(line, 'topic', 'compression.type')?.allowed).toEqual(['gzip', 'lz4', 'producer', 'snappy', 'uncompressed', 'zstd']);
    expect(of(line, 'topic', 'retention.ms')?.update).toBeUndefined();
  });

  it.each(catalogueLines)('keeps client settings of %s apart from those of topics and brokers', (line) => {
    expect(of(line, 'producer', 'batch.size')).toMatchObject({ type: 'int', default: '16384', min: 0 });
    expect(of(line, 'topic', 'batch.size')).toBeUndefined();
    expect(of(line, 'broker', 'batch.size')).toBeUndefined();
    expect(of(line, 'producer', 'acks')?.allowed).toEqual(['-1', '0', '1', 'all']);
    expect(of(line, 'consumer', 'fetch.min.bytes')?.default).toBe('1');
  });

  it.each(catalogueLines)("knows the authorizer's own settings of %s, which no definition of the broker lists", (line) => {
    expect(of(line, 'broker', 'super.users')?.type).toBe('string');
    expect(of(line, 'broker', 'allow.everyone.if.no.acl.found')).toMatchObject({ type: 'boolean', default: 'false' });
  });

  it('knows settings that came with later releases', () => {
    expect(catalogueLines.filter((line) => of(line, 'broker', 'controller.quorum.bootstrap.servers'))).toEqual(['3.9', '4.3']);
    expect(of('3.9', 'topic', 'compression.gzip.level')).toMatchObject({ min: -1, max: 9, excluded: ['0'] });
    expect(of('4.3', 'consumer', 'auto.offset.reset')?.allowed).toContain('by_duration:*');
    expect(of('3.9', 'consumer', 'auto.offset.reset')?.allowed).toEqual(['earliest', 'latest', 'none']);
  });

  it('gives no definition for what is merely a property of every object', () => {
    expect(of('3.9', 'topic', 'constructor')).toBeUndefined();
    expect(of('3.9', 'topic', '__proto__')).toBeUndefined();
  });

  describe.each(catalogueLines)('of Kafka %s', (line) => {
    it.each(scopes)('takes every default of the %s settings for right', (scope) => {
      const catalogue = catalogueFor(line);
      const defaults = catalogue.keys(scope).flatMap((key) => {
        const value = catalogue.definition(scope, key)?.default;
        return value === undefined ? [] : [[key, value] as const];
      });
      expect(defaults.length).toBeGreaterThan(20);
      expect(checkConfig(catalogue, scope, Object.fromEntries(defaults))).toEqual([]);
    });

    it.each(scopes)('has %s keys in order, of known types and modes, each behind a synonym that exists', (scope) => {
      const catalogue = catalogueFor(line);
      const definitions = catalogue.keys(scope).flatMap((key) => catalogue.definition(scope, key) ?? []);
      expect(catalogue.keys(scope)).toEqual([...catalogue.keys(scope)].sort());
      const types = ['boolean', 'class', 'double', 'int', 'list', 'long', 'password', 'short', 'string'];
      expect(definitions.filter(({ type }) => !types.includes(type))).toEqual([]);
      const modes: readonly (string | undefined)[] = scope === 'broker' ? ['read-only', 'per-broker', 'cluster-wide'] : [undefined];
      expect(definitions.filter(({ update }) => !modes.includes(update))).toEqual([]);
      const synonyms = definitions.flatMap(({ brokerSynonym }) => brokerSynonym ?? []);
      expect(synonyms.filter((key) => catalogue.definition('broker', key) === undefined)).toEqual([]);
    });
  });
});
