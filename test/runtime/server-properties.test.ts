import { describe, expect, it } from '@jest/globals';
import { catalogueFor, catalogueLines, checkConfig } from '../../lib/model/catalogue';
import { effectiveConfig, kafkaProcesses } from '../../lib/runtime';
import { testAddressing } from '../support/runtime/addressing';
import { brokerPool, environmentOf, plainListeners, zookeeperEnsemble } from '../support/runtime/environment';
import { environmentNamed, environments } from './environments';

const reference = (secret: string) => `\${directory:/etc/kafkon-secrets/passwords:${secret}}`;
const settingsOf = (name: string, node = 'kafka-1') => effectiveConfig(kafkaProcesses(environmentNamed(name), testAddressing))[node] ?? {};

describe('server.properties', () => {
  it.each(Object.entries(environments))('holds nothing that Kafka does not know: %s', (_, environment) => {
    const line = catalogueLines.find((known) => known === environment.kafka.version.line);
    if (line === undefined) throw new Error(`no catalogue of ${environment.kafka.version.line}`);
    const nodes = Object.values(effectiveConfig(kafkaProcesses(environment, testAddressing)));
    expect(nodes.length).toBe(environment.nodes.length);
    for (const settings of nodes) expect(checkConfig(catalogueFor(line), 'broker', settings)).toEqual([]);
  });

  it('says what stands in the environment over the defaults, and what follows from the environment over both', () => {
    const environment = environmentOf({
      kafka: { version: '3.9.2', config: { 'num.io.threads': 16, 'default.replication.factor': 2, 'log.dirs': '/elsewhere' } },
      metadata: { mode: 'zookeeper', ensemble: zookeeperEnsemble },
      nodePools: [{ ...brokerPool, zone: 'a', config: { 'num.io.threads': 32 } }],
      listeners: [...plainListeners],
    });
    expect(effectiveConfig(kafkaProcesses(environment, testAddressing))['kafka-2']).toMatchObject({
      'num.io.threads': '32',
      'default.replication.factor': '2',
      'log.dirs': '/var/lib/kafka/data/log',
      'min.insync.replicas': '2',
      'broker.id': '2',
      'broker.rack': 'a',
    });
  });

  it('waits longer for ZooKeeper than Kafka would, but not longer than it is told to', () => {
    expect(settingsOf('Apache 3.9, ZooKeeper, secured')['zookeeper.connection.timeout.ms']).toBe('120000');
    expect(settingsOf('Apache 4.3, combined, open')).not.toHaveProperty('zookeeper.connection.timeout.ms');
    const environment = environmentOf({
      kafka: { version: '3.9.2', config: { 'zookeeper.connection.timeout.ms': 18_000 } },
      metadata: { mode: 'zookeeper', ensemble: zookeeperEnsemble },
      nodePools: [brokerPool],
      listeners: [...plainListeners],
    });
    expect(effectiveConfig(kafkaProcesses(environment, testAddressing))['kafka-1']?.['zookeeper.connection.timeout.ms']).toBe('18000');
  });

  it('names ZooKeeper with its secure port, and a certificate for it', () => {
    expect(settingsOf('Apache 3.9, ZooKeeper, secured')).toMatchObject({
      'zookeeper.connect': 'zookeeper-1.test:2182,zookeeper-2.test:2182,zookeeper-3.test:2182',
      'zookeeper.clientCnxnSocket': 'org.apache.zookeeper.ClientCnxnSocketNetty',
      'zookeeper.ssl.keystore.password': reference('keystore-password'),
      'zookeeper.set.acl': 'true',
    });
  });

  it('makes the brokers, the convergence and whom the environment names super users', () => {
    expect(settingsOf('Apache 3.9, ZooKeeper, secured')).toMatchObject({
      'authorizer.class.name': 'kafka.security.authorizer.AclAuthorizer',
      'super.users': 'User:test-broker;User:test-kafkon;User:admin',
      'allow.everyone.if.no.acl.found': 'false',
    });
    expect(settingsOf('Apache 4.3, combined, open')).not.toHaveProperty('super.users');
  });

  it('asks each listener for what its security wants', () => {
    expect(settingsOf('Apache 3.9, ZooKeeper, secured')).toMatchObject({
      listeners: 'CLIENT://:9092,EXTERNAL://:9094,REPLICATION://:9091',
      'advertised.listeners': 'CLIENT://kafka-1.test:9092,EXTERNAL://kafka-1.test:9094,REPLICATION://kafka-1.test:9091',
      'listener.security.protocol.map': 'CLIENT:SASL_SSL,EXTERNAL:SSL,REPLICATION:SSL',
      'inter.broker.listener.name': 'REPLICATION',
      'listener.name.client.ssl.client.auth': 'none',
      'listener.name.client.sasl.enabled.mechanisms': 'SCRAM-SHA-512',
      'listener.name.external.ssl.client.auth': 'required',
      'listener.name.external.max.connections': '100',
      'listener.name.replication.ssl.client.auth': 'required',
    });
  });

  it('gives brokers that use SCRAM among themselves a login whose password is a reference', () => {
    expect(settingsOf('Apache 4.3, separate, SCRAM between brokers')).toMatchObject({
      'sasl.mechanism.inter.broker.protocol': 'SCRAM-SHA-512',
      'listener.name.client.scram-sha-512.sasl.jaas.config': `org.apache.kafka.common.security.scram.ScramLoginModule required username="test-broker" password="${reference('broker-password')}";`,
    });
  });

  it('opens the controllers alone on a controller, and tells a broker where they are', () => {
    const controller = settingsOf('Apache 4.3, separate, secured, dynamic', 'kafka-101');
    expect(controller).toMatchObject({
      'process.roles': 'controller',
      listeners: 'CONTROLLER://:9093',
      'advertised.listeners': 'CONTROLLER://kafka-101.test:9093',
      'listener.name.controller.ssl.client.auth': 'required',
      'metadata.log.dir': '/var/lib/kafka/data/log',
    });
    expect(controller).not.toHaveProperty('inter.broker.listener.name');
    expect(settingsOf('Apache 4.3, separate, secured, dynamic')).toMatchObject({
      'process.roles': 'broker',
      'controller.quorum.bootstrap.servers': 'kafka-101.test:9093,kafka-102.test:9093,kafka-103.test:9093',
    });
    expect(settingsOf('Apache 4.3, combined, open')).toMatchObject({
      'process.roles': 'broker,controller',
      'controller.quorum.voters': '1@kafka-1.test:9093,2@kafka-2.test:9093,3@kafka-3.test:9093',
    });
  });

  it('leaves the address of a controller to the voters before Kafka 3.9, which refuses it elsewhere', () => {
    expect(settingsOf('Confluent 7.6, KRaft, secured', 'kafka-101')).not.toHaveProperty('advertised.listeners');
  });

  it('asks no more copies of a small cluster than it has brokers', () => {
    const environment = environmentOf({
      kafka: { version: '4.3.1' },
      metadata: { mode: 'kraft' },
      nodePools: [{ ...brokerPool, ids: [1], roles: ['broker', 'controller'] }],
      listeners: [...plainListeners],
    });
    expect(effectiveConfig(kafkaProcesses(environment, testAddressing))['kafka-1']).toMatchObject({
      'default.replication.factor': '1',
      'min.insync.replicas': '1',
      'offsets.topic.replication.factor': '1',
      'share.coordinator.state.topic.replication.factor': '1',
      'transaction.state.log.min.isr': '1',
    });
  });
});
