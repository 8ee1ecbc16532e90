import { describe, expect, it } from '@jest/globals';
import { heapOptions, jvmSize, remoteJmxOptions } from '../../lib/runtime/jvm';

describe('the options of a JVM', () => {
  it.each([
    [8 * 2 ** 30, '8g'],
    [1536 * 2 ** 20, '1536m'],
    [8e9, '7812500k'],
    [8e9 + 100, '7812500k'],
  ])('name %d bytes in the largest whole unit', (bytes, text) => {
    expect(jvmSize(bytes)).toBe(text);
  });

  it('make the smallest and the largest heap alike', () => {
    expect(heapOptions(2 ** 30)).toBe('-Xms1g -Xmx1g');
  });

  it('open remote JMX only where a port is given, under the name that tools outside know', () => {
    expect(remoteJmxOptions(undefined)).toBeUndefined();
    expect(remoteJmxOptions({ port: 9999 })).toContain('-Dcom.sun.management.jmxremote.rmi.port=9999');
    expect(remoteJmxOptions({ port: 9999 })).not.toContain('hostname');
    expect(remoteJmxOptions({ port: 9101, host: 'localhost' })).toContain('-Djava.rmi.server.hostname=localhost');
  });
});
