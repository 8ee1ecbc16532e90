import { describe, expect, it } from '@jest/globals';
import { kafkaProcesses, type Process, zookeeperProcesses } from '../../lib/runtime';
import { testAddressing } from '../support/runtime/addressing';
import { brokerPool, environmentOf, plainListeners, zookeeperEnsemble } from '../support/runtime/environment';
import { environmentNamed, environments } from './environments';

function kafka(name: string, node = 'kafka-1'): Process {
  const found = kafkaProcesses(environmentNamed(name), testAddressing).find((process) => process.name === node);
  if (found === undefined) throw new Error(`${name} has no ${node}`);
  return found;
}

describe('a Kafka process', () => {
  it('gives the JVM its heap, short pauses and both agents', () => {
    expect(kafka('Apache 4.3, separate, secured, dynamic', 'kafka-101').env).toMatchObject({
      KAFKA_HEAP_OPTS: '-Xms256m -Xmx256m',
      KAFKA_JVM_PERFORMANCE_OPTS: expect.stringContaining('-XX:MaxGCPauseMillis=20'),
      KAFKA_OPTS:
        '-javaagent:/opt/kafkon/agents/jmx_prometheus_javaagent.jar=7071:/etc/kafkon/exporter.yaml -javaagent:/opt/kafkon/agents/kafkon-readiness-agent.jar=port=7072,role=controller',
      KAFKA_LOG4J_OPTS: '-Dlog4j2.configurationFile=/etc/kafkon/log4j2.properties',
      EXTRA_ARGS: '-name kafkaServer',
    });
  });

  it.each([
    ['Apache 4.3, combined, open', 'kafka-1', 'combined'],
    ['Apache 4.3, separate, secured, dynamic', 'kafka-1', 'broker'],
    ['Apache 3.9, ZooKeeper, open', 'kafka-1', 'broker'],
  ])('tells the readiness agent what it is: %s', (name, node, role) => {
    expect(kafka(name, node).env.KAFKA_OPTS).toContain(`role=${role}`);
  });

  it('is asked over HTTP, without a JVM', () => {
    const { startup, readiness, liveness } = kafka('Apache 4.3, combined, open');
    expect([startup, readiness, liveness].map((probe) => probe?.check)).toEqual(
      ['/live', '/ready', '/live'].map((path) => ({ kind: 'http', port: 7072, path })),
    );
  });

  it('names its ports by its listeners', () => {
    expect(kafka('Apache 3.9, ZooKeeper, secured').ports).toEqual([
      { name: 'client', port: 9092 },
      { name: 'external', port: 9094 },
      { name: 'replication', port: 9091 },
      { name: 'metrics', port: 7071 },
      { name: 'readiness', port: 7072 },
    ]);
    expect(kafka('Apache 4.3, separate, secured, dynamic', 'kafka-101').ports.map(({ name }) => name)).toEqual([
      'controller',
      'metrics',
      'readiness',
    ]);
  });

  it('holds stores and a password where the cluster is secured, and nothing secret elsewhere', () => {
    expect(kafka('Apache 3.9, ZooKeeper, secured').secretFiles.map(({ path }) => path)).toEqual([
      '/etc/kafkon-secrets/broker/keystore.p12',
      '/etc/kafkon-secrets/broker/truststore.p12',
      '/etc/kafkon-secrets/passwords/keystore-password',
    ]);
    expect(kafka('Apache 4.3, separate, SCRAM between brokers').secretFiles.map(({ path }) => path)).toContain(
      '/etc/kafkon-secrets/passwords/broker-password',
    );
    expect(kafka('Apache 3.9, ZooKeeper, open').secretFiles).toEqual([]);
  });

  it('logs to rolling files, garbage collections too, where it has a disk for them', () => {
    const environment = environmentOf({
      kafka: { version: '3.9.2', jvmOptions: ['-Dfoo=bar'] },
      metadata: { mode: 'zookeeper', ensemble: zookeeperEnsemble },
      nodePools: [
        {
          ...brokerPool,
          heap: '8G',
          disks: [
            { name: 'data-a', size: '1Gi' },
            { name: 'data-b', size: '1Gi' },
            { name: 'logs', size: '1Gi', purpose: 'logs' },
          ],
        },
      ],
      listeners: [...plainListeners],
      monitoring: { enabled: false, jmxPort: 9999 },
      security: { auditLogging: true },
    });
    const [first] = kafkaProcesses(environment, testAddressing);
    const file = (name: string) => first?.files.find(({ path }) => path === `/etc/kafkon/${name}`)?.content;
    expect(file('server.properties')).toContain('log.dirs=/var/lib/kafka/data-a/log,/var/lib/kafka/data-b/log\n');
    expect(file('log4j.properties')).toContain('log4j.appender.file.File=/var/lib/kafka/logs/server.log\n');
    expect(file('log4j.properties')).toContain('log4j.logger.kafka.authorizer.logger=DEBUG\n');
    expect(file('exporter.yaml')).toBeUndefined();
    expect(first?.env).toMatchObject({
      KAFKA_HEAP_OPTS: '-Xms7812500k -Xmx7812500k',
      LOG_DIR: '/var/lib/kafka/logs',
      EXTRA_ARGS: '-name kafkaServer -loggc',
      KAFKA_JMX_OPTS: expect.stringContaining('-Dcom.sun.management.jmxremote.port=9999'),
    });
    expect(first?.env.KAFKA_OPTS).toMatch(/^-javaagent:\S+readiness-agent\.jar=\S+ -Dfoo=bar$/);
    expect(first?.volumes.map(({ path }) => path)).toEqual(['/var/lib/kafka/data-a', '/var/lib/kafka/data-b', '/var/lib/kafka/logs']);
  });
});

describe('a ZooKeeper process', () => {
  const [server] = zookeeperProcesses(environmentNamed('Apache 3.9, ZooKeeper, secured'), testAddressing);

  it('offers no plain port where it is secured', () => {
    expect(server?.ports.map(({ name, port }) => `${name}:${port}`)).toEqual([
      'secure-client:2182',
      'quorum:2888',
      'election:3888',
      'metrics:7071',
    ]);
  });

  it('is asked over the loopback, and killed only when it answers nothing', () => {
    expect(server?.liveness?.check).toEqual({ kind: 'command', command: ['sh', '/etc/kafkon/probe.sh', 'live'] });
    expect(server?.readiness?.check).toEqual({ kind: 'command', command: ['sh', '/etc/kafkon/probe.sh', 'ready'] });
    const { periodSeconds = 0, failureThreshold = 0 } = server?.startup ?? {};
    expect(periodSeconds * failureThreshold).toBeGreaterThanOrEqual(300);
  });

  it('needs agents only to be measured, and none with KRaft exists', () => {
    const unwatched = { ...environmentNamed('Apache 3.9, ZooKeeper, open') };
    const off = { ...unwatched, monitoring: { ...unwatched.monitoring, enabled: false } };
    expect(zookeeperProcesses(off, testAddressing).map(({ needsAgents, env }) => [needsAgents, env.KAFKA_OPTS])).toEqual([
      [false, '-Dsun.net.inetaddr.ttl=1'],
      [false, '-Dsun.net.inetaddr.ttl=1'],
      [false, '-Dsun.net.inetaddr.ttl=1'],
    ]);
    expect(zookeeperProcesses(environmentNamed('Apache 4.3, combined, open'), testAddressing)).toEqual([]);
  });
});

describe('processes', () => {
  it.each(Object.entries(environments))('carry no secret and no root, and reserve memory: %s', (_, environment) => {
    for (const process of kafkaProcesses(environment, testAddressing)) {
      expect(process.user).toBeGreaterThan(0);
      expect(process.memory).toBeGreaterThan(0);
      expect(process.secretEnv).toEqual({});
      expect(process.ports.every(({ name }) => /^[a-z0-9-]{1,15}$/.test(name))).toBe(true);
    }
  });
});
