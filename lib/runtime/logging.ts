import type { LoggingLibrary } from './image-family';
import { configDirectory, type RuntimeFile } from './process';
import { renderProperties, type SettingValues } from './properties';

/** What a JVM logs, and where to. */
export interface LoggingOptions {
  readonly library: LoggingLibrary;
  /** Whether every decision of the authorizer is logged, grants included. */
  readonly audit: boolean;
  /** A directory for rolling log files beside the console. @default - the console alone */
  readonly directory?: string | undefined;
}

/** The logging configuration of a JVM and the option that makes it read it. */
export interface Logging {
  readonly file: RuntimeFile;
  /** For `KAFKA_LOG4J_OPTS` and its like. */
  readonly option: string;
}

const pattern = '[%d] %p %m (%c)%n';
const fileSize = '100MB';
const fileCount = 10;

/** Kafka logs refusals at INFO and grants at DEBUG. */
const auditLevel = (audit: boolean): string => (audit ? 'DEBUG' : 'WARN');

function log4j({ audit, directory }: LoggingOptions): SettingValues {
  const layout = (appender: string) => ({
    [`log4j.appender.${appender}.layout`]: 'org.apache.log4j.PatternLayout',
    [`log4j.appender.${appender}.layout.ConversionPattern`]: pattern,
  });
  return {
    'log4j.rootLogger': directory === undefined ? 'INFO, console' : 'INFO, console, file',
    'log4j.appender.console': 'org.apache.log4j.ConsoleAppender',
    'log4j.appender.console.Target': 'System.out',
    ...layout('console'),
    ...(directory === undefined
      ? {}
      : {
          'log4j.appender.file': 'org.apache.log4j.RollingFileAppender',
          'log4j.appender.file.File': `${directory}/server.log`,
          'log4j.appender.file.MaxFileSize': fileSize,
          'log4j.appender.file.MaxBackupIndex': fileCount,
          ...layout('file'),
        }),
    'log4j.logger.kafka.authorizer.logger': auditLevel(audit),
    'log4j.logger.kafka.network.RequestChannel$': 'WARN',
    'log4j.logger.kafka.request.logger': 'WARN',
  };
}

function log4j2({ audit, directory }: LoggingOptions): SettingValues {
  return {
    status: 'error',
    'appender.console.type': 'Console',
    'appender.console.name': 'console',
    'appender.console.target': 'SYSTEM_OUT',
    'appender.console.layout.type': 'PatternLayout',
    'appender.console.layout.pattern': pattern,
    'rootLogger.level': 'INFO',
    'rootLogger.appenderRef.console.ref': 'console',
    ...(directory === undefined
      ? {}
      : {
          'appender.file.type': 'RollingFile',
          'appender.file.name': 'file',
          'appender.file.fileName': `${directory}/server.log`,
          'appender.file.filePattern': `${directory}/server.log.%i`,
          'appender.file.layout.type': 'PatternLayout',
          'appender.file.layout.pattern': pattern,
          'appender.file.policies.type': 'Policies',
          'appender.file.policies.size.type': 'SizeBasedTriggeringPolicy',
          'appender.file.policies.size.size': fileSize,
          'appender.file.strategy.type': 'DefaultRolloverStrategy',
          'appender.file.strategy.max': fileCount,
          'rootLogger.appenderRef.file.ref': 'file',
        }),
    'logger.authorizer.name': 'kafka.authorizer.logger',
    'logger.authorizer.level': auditLevel(audit),
    'logger.request.name': 'kafka.request.logger',
    'logger.request.level': 'WARN',
  };
}

/** Logging to the console, and to rolling files where a directory is given, in the form that the logging library reads. */
export function logging(options: LoggingOptions): Logging {
  const path = `${configDirectory}/${options.library}.properties`;
  return options.library === 'log4j'
    ? { file: { path, content: renderProperties(log4j(options)) }, option: `-Dlog4j.configuration=file:${path}` }
    : { file: { path, content: renderProperties(log4j2(options)) }, option: `-Dlog4j2.configurationFile=${path}` };
}
