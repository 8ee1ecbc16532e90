import { describe, expect, it } from '@jest/globals';
import { parseProperties } from '../../lib/runtime';
import { logging } from '../../lib/runtime/logging';

describe('logging', () => {
  it('goes to the console alone where there is no directory for it', () => {
    expect(parseProperties(logging({ library: 'log4j', audit: false }).file.content)['log4j.rootLogger']).toBe('INFO, console');
    const settings = parseProperties(logging({ library: 'log4j2', audit: false }).file.content);
    expect(Object.keys(settings).filter((key) => key.startsWith('appender.file'))).toEqual([]);
    expect(settings['rootLogger.appenderRef.console.ref']).toBe('console');
  });

  it('goes to files too, in bounded number and size, where there is one', () => {
    const directory = '/var/lib/kafka/logs';
    expect(parseProperties(logging({ library: 'log4j', audit: false, directory }).file.content)).toMatchObject({
      'log4j.rootLogger': 'INFO, console, file',
      'log4j.appender.file.File': '/var/lib/kafka/logs/server.log',
      'log4j.appender.file.MaxFileSize': '100MB',
      'log4j.appender.file.MaxBackupIndex': '10',
    });
    expect(parseProperties(logging({ library: 'log4j2', audit: false, directory }).file.content)).toMatchObject({
      'appender.file.fileName': '/var/lib/kafka/logs/server.log',
      'appender.file.policies.size.size': '100MB',
      'appender.file.strategy.max': '10',
    });
  });

  it.each([
    [true, 'DEBUG'],
    [false, 'WARN'],
  ])('tells every decision of the authorizer only when asked to: %s', (audit, level) => {
    expect(parseProperties(logging({ library: 'log4j', audit }).file.content)['log4j.logger.kafka.authorizer.logger']).toBe(level);
    expect(parseProperties(logging({ library: 'log4j2', audit }).file.content)['logger.authorizer.level']).toBe(level);
  });

  it('is found by the option of its library', () => {
    expect(logging({ library: 'log4j', audit: false }).option).toBe('-Dlog4j.configuration=file:/etc/kafkon/log4j.properties');
    expect(logging({ library: 'log4j2', audit: false }).option).toBe('-Dlog4j2.configurationFile=/etc/kafkon/log4j2.properties');
  });
});
