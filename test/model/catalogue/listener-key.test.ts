import { describe, expect, it } from '@jest/globals';
import { catalogueFor, checkConfig } from '../../../lib/model/catalogue';
import { parseListenerKey } from '../../../lib/model/catalogue/listener-key';

const kafka = catalogueFor('3.9');
const isBrokerKey = (key: string): boolean => kafka.keys('broker').includes(key);

describe('listener keys', () => {
  it('takes listener, mechanism and setting apart', () => {
    expect(parseListenerKey('listener.name.internal.ssl.keystore.location', isBrokerKey)).toEqual({
      listener: 'internal',
      base: 'ssl.keystore.location',
    });
    expect(parseListenerKey('listener.name.clients.scram-sha-512.sasl.jaas.config', isBrokerKey)).toEqual({
      listener: 'clients',
      mechanism: 'scram-sha-512',
      base: 'sasl.jaas.config',
    });
  });

  it('knows no listener form of a setting of the whole broker', () => {
    expect(parseListenerKey('listener.name.internal.num.io.threads', isBrokerKey)).toBeUndefined();
    expect(parseListenerKey('listener.name.internal.sasl.mechanism.inter.broker.protocol', isBrokerKey)).toBeUndefined();
    expect(parseListenerKey('listener.name.internal', isBrokerKey)).toBeUndefined();
  });

  it('defines a prefixed setting as its base is defined', () => {
    expect(kafka.definition('broker', 'listener.name.internal.ssl.client.auth')).toEqual({
      ...kafka.definition('broker', 'ssl.client.auth'),
      key: 'listener.name.internal.ssl.client.auth',
    });
    expect(kafka.definition('topic', 'listener.name.internal.ssl.client.auth')).toBeUndefined();
  });

  it('accepts good ones and checks their values', () => {
    const good = { 'listener.name.internal.ssl.client.auth': 'required', 'listener.name.clients.plain.connections.max.reauth.ms': 3600000 };
    expect(checkConfig(kafka, 'broker', good)).toEqual([]);
    expect(checkConfig(kafka, 'broker', { 'listener.name.internal.ssl.client.auth': 'maybe' })).toEqual([
      {
        key: 'listener.name.internal.ssl.client.auth',
        code: 'config/not-allowed',
        message: '"listener.name.internal.ssl.client.auth" does not allow "maybe"; write one of none, requested, required',
      },
    ]);
  });

  it('refuses prefixes with capitals, which Kafka would ignore', () => {
    expect(checkConfig(kafka, 'broker', { 'listener.name.CLIENTS.SCRAM-SHA-512.sasl.jaas.config': 'x' })).toEqual([
      {
        key: 'listener.name.CLIENTS.SCRAM-SHA-512.sasl.jaas.config',
        code: 'config/listener-case',
        message:
          '"listener.name.CLIENTS.SCRAM-SHA-512.sasl.jaas.config" is ignored by Kafka, which reads prefixes in lower case; write "listener.name.clients.scram-sha-512.sasl.jaas.config"',
      },
    ]);
  });

  it('names the nearest setting with the prefix', () => {
    const [fault] = checkConfig(kafka, 'broker', { 'listener.name.internal.ssl.keystore.locaton': '/a' });
    expect(fault?.message).toBe(
      'unknown broker setting "listener.name.internal.ssl.keystore.locaton" in Kafka 3.9; the nearest known is "listener.name.internal.ssl.keystore.location"',
    );
  });
});
