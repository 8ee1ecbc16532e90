import { describe, expect, it } from '@jest/globals';
import { dockerAddressing } from '../../lib/docker';
import type { EnvironmentInput, Listener } from '../../lib/model';
import { brokerPool, environmentOf, zookeeperEnsemble } from '../support/runtime/environment';

const listeners: Listener[] = [
  { name: 'INTERNAL', port: 29_092, security: 'plaintext', scope: 'internal', allowFrom: [] },
  { name: 'EXTERNAL', port: 9092, security: 'plaintext', scope: 'external', allowFrom: [] },
];
const [internal, external] = listeners as [Listener, Listener];

function addressing(docker: NonNullable<EnvironmentInput['platform']>['docker'] = {}) {
  const metadata = { mode: 'zookeeper', ensemble: zookeeperEnsemble } as const;
  return dockerAddressing(
    environmentOf({ kafka: { version: '3.9.2' }, metadata, nodePools: [brokerPool], listeners, platform: { docker } }),
  );
}

describe('addresses on Docker', () => {
  it('are names in the network for containers', () => {
    expect(addressing().advertised(internal, 2)).toEqual({ host: 'kafka-2', port: 29_092 });
    expect(addressing().zookeeperHost(3)).toBe('zookeeper-3');
    expect(addressing().companionHost('schema-registry')).toBe('schema-registry');
    expect(addressing({ hostnames: { kafka: 'broker{id}', zookeeper: 'zoo{id}' } }).kafkaHost(1)).toBe('broker1');
  });

  it('have the names that a look-up backwards gives, for the certificates of ZooKeeper', () => {
    const own = addressing({ network: 'lab', containers: { zookeeper: 'zk_{id}' } });
    expect(own.zookeeperAliases?.(3)).toEqual(['zk_3', 'zk_3.lab']);
  });

  it('are a port for each broker on the host', () => {
    const own = addressing({ listeners: { EXTERNAL: { host: 'kafka.lab', basePort: 19_091 } } });
    expect(own.bindPort(external, 1)).toBe(19_092);
    expect(own.advertised(external, 3)).toEqual({ host: 'kafka.lab', port: 19_094 });
  });

  it('move with the offset for clients on the host alone', () => {
    const moved = addressing({ portOffset: 100, listeners: { EXTERNAL: { basePort: 19_091 }, INTERNAL: { basePort: 29_091 } } });
    expect(moved.bindPort(external, 1)).toBe(19_092);
    expect(moved.advertised(external, 1)).toEqual({ host: 'localhost', port: 19_192 });
    expect(moved.advertised(internal, 1)).toEqual({ host: 'kafka-1', port: 29_092 });
  });

  it('say of JMX what its clients are told: the host and the published port', () => {
    expect(addressing().remoteJmx?.(1)).toBeUndefined();
    expect(addressing({ jmxBasePort: 9100, portOffset: 10, listeners: { EXTERNAL: { host: 'kafka.lab' } } }).remoteJmx?.(1)).toEqual({
      host: 'kafka.lab',
      port: 9111,
    });
  });
});
