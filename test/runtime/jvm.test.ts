import { describe, expect, it } from '@jest/globals';
import { heapOptions, jvmSize, remoteJmxOptions } from '../../lib/runtime/jvm';
import { environmentNamed } from './environments';

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

  it('open remote JMX only where a port is given', () => {
    const { monitoring } = environmentNamed('Apache 3.9, ZooKeeper, open');
    expect(remoteJmxOptions(monitoring)).toBeUndefined();
    expect(remoteJmxOptions({ ...monitoring, jmxPort: 9999 })).toContain('-Dcom.sun.management.jmxremote.rmi.port=9999');
  });
});
