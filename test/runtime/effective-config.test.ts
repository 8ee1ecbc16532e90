import { describe, expect, it } from '@jest/globals';
import { effectiveConfig, processesOf } from '../../lib/runtime';
import { testAddressing } from '../support/runtime/addressing';
import { environmentNamed } from './environments';

describe('the effective configuration', () => {
  it('is that of every Kafka node and ZooKeeper server, and of nothing else', () => {
    const environment = { ...environmentNamed('Apache 3.9, ZooKeeper, open'), companions: {} };
    const config = effectiveConfig(processesOf(environment, testAddressing));
    expect(Object.keys(config).sort()).toEqual(['kafka-1', 'kafka-2', 'kafka-3', 'zookeeper-1', 'zookeeper-2', 'zookeeper-3']);
    expect(config['kafka-3']?.['broker.id']).toBe('3');
    expect(config['zookeeper-3']?.['server.3']).toBe('0.0.0.0:2888:3888');
  });

  it('differs between two nodes of a pool in who they are and where, and in nothing else', () => {
    const config = effectiveConfig(processesOf(environmentNamed('Apache 4.3, combined, open'), testAddressing));
    const [one = {}, two = {}] = [config['kafka-1'], config['kafka-2']];
    expect(Object.keys(one).filter((key) => one[key] !== two[key])).toEqual(['advertised.listeners', 'node.id']);
  });
});
