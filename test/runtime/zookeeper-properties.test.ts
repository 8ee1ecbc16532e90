import { describe, expect, it } from '@jest/globals';
import { effectiveConfig, zookeeperProcesses } from '../../lib/runtime';
import { testAddressing } from '../support/runtime/addressing';
import { brokerPool, environmentOf, plainListeners } from '../support/runtime/environment';
import { environmentNamed } from './environments';

const settingsOf = (name: string, server = 'zookeeper-1') =>
  effectiveConfig(zookeeperProcesses(environmentNamed(name), testAddressing))[server] ?? {};

describe('zoo.cfg', () => {
  it('lists every server, with its own address left open in an ensemble of three', () => {
    const settings = settingsOf('Apache 3.9, ZooKeeper, open', 'zookeeper-2');
    expect(settings).toMatchObject({
      'server.1': 'zookeeper-1.test:2888:3888',
      'server.2': '0.0.0.0:2888:3888',
      'server.3': 'zookeeper-3.test:2888:3888',
      standaloneEnabled: 'false',
      clientPort: '2181',
      'autopurge.purgeInterval': '1',
      'admin.enableServer': 'false',
      '4lw.commands.whitelist': 'srvr,ruok',
    });
    expect(settings).not.toHaveProperty('clientPortAddress');
  });

  it('keeps the plain port of a secured server on the loopback', () => {
    expect(settingsOf('Apache 3.9, ZooKeeper, secured')).toMatchObject({
      clientPort: '2181',
      clientPortAddress: '127.0.0.1',
      secureClientPort: '2182',
      sslQuorum: 'true',
      'ssl.clientAuth': 'need',
      'ssl.quorum.clientAuth': 'need',
      'ssl.keyStore.passwordPath': '/etc/kafkon-secrets/passwords/keystore-password',
    });
  });

  it('leaves the passwords to the start script where ZooKeeper cannot read them from files', () => {
    const environment = environmentNamed('Confluent 7.5, ZooKeeper, secured');
    expect(Object.keys(settingsOf('Confluent 7.5, ZooKeeper, secured')).filter((key) => /password/i.test(key))).toEqual([]);
    const [first] = zookeeperProcesses(environment, testAddressing);
    expect(first?.files.find(({ path }) => path.endsWith('start.sh'))?.content).toContain('ssl.quorum.keyStore.password');
  });

  it('puts snapshots and the transaction log on the disks meant for them, and takes settings of the environment', () => {
    const environment = environmentOf({
      kafka: { version: '3.9.2' },
      metadata: {
        mode: 'zookeeper',
        ensemble: {
          ids: [1],
          memory: '1Gi',
          disks: [
            { name: 'data', size: '10Gi' },
            { name: 'log', size: '5Gi', purpose: 'logs' },
          ],
          config: { tickTime: 3000, clientPort: 9999 },
        },
      },
      nodePools: [brokerPool],
      listeners: [...plainListeners],
    });
    expect(effectiveConfig(zookeeperProcesses(environment, testAddressing))['zookeeper-1']).toMatchObject({
      dataDir: '/var/lib/zookeeper/data',
      dataLogDir: '/var/lib/zookeeper/log',
      tickTime: '3000',
      clientPort: '2181',
      'server.1': 'zookeeper-1.test:2888:3888',
    });
  });
});
