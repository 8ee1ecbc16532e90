import { mkdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import type { KafkaVersion } from './jars';

/** Where a JVM writes its log, and how much of it: everything of a server, only the warnings of a command. */
export interface LogTarget {
  readonly level: 'INFO' | 'WARN';
  readonly stream: 'System.out' | 'System.err';
}

const log4j1 = ({ level, stream }: LogTarget): string => `log4j.rootLogger=${level}, console
log4j.appender.console=org.apache.log4j.ConsoleAppender
log4j.appender.console.Target=${stream}
log4j.appender.console.layout=org.apache.log4j.PatternLayout
log4j.appender.console.layout.ConversionPattern=[%d] %p %m (%c)%n
`;

const log4j2 = ({ level, stream }: LogTarget): string => `status=error
appender.console.type=Console
appender.console.name=console
appender.console.target=${stream === 'System.out' ? 'SYSTEM_OUT' : 'SYSTEM_ERR'}
appender.console.layout.type=PatternLayout
appender.console.layout.pattern=[%d] %p %m (%c)%n
rootLogger.level=${level}
rootLogger.appenderRef.console.ref=console
`;

/** Writes a release's logging configuration into a folder and answers the JVM option that uses it. */
export function loggingOption(version: KafkaVersion, folder: string, target: LogTarget): string {
  mkdirSync(folder, { recursive: true });
  const log4jOne = version.startsWith('3.');
  const file = join(folder, `log4j-${target.level.toLowerCase()}.properties`);
  writeFileSync(file, log4jOne ? log4j1(target) : log4j2(target));
  return `${log4jOne ? '-Dlog4j.configuration=file:' : '-Dlog4j2.configurationFile='}${file}`;
}
