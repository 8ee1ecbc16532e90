import type { Environment } from '../../lib/model';
import {
  brokerPool,
  combinedPool,
  controllerPool,
  environmentOf,
  plainListeners,
  securedListeners,
  zookeeperEnsemble,
} from '../support/runtime/environment';

const confluent = (version: string) => ({ distribution: 'confluent', version }) as const;
const combined = { ...combinedPool, roles: [...combinedPool.roles] };
const separate = [{ ...controllerPool, roles: [...controllerPool.roles] }, brokerPool];
const scramBetweenBrokers = { listeners: [...securedListeners], interBrokerListener: 'CLIENT', authorization: 'acl' } as const;

const zookeeper = (version: Parameters<typeof environmentOf>[0]['kafka'], security: 'plaintext' | 'mtls') => ({
  kafka: version,
  metadata: { mode: 'zookeeper', security, ensemble: zookeeperEnsemble } as const,
  nodePools: [brokerPool],
});

/** An environment of every sort, by what is special about it. */
export const environments: Readonly<Record<string, Environment>> = {
  'Apache 3.9, ZooKeeper, open': environmentOf({ ...zookeeper({ version: '3.9.2' }, 'plaintext'), listeners: [...plainListeners] }),
  'Apache 3.9, ZooKeeper, secured': environmentOf({
    ...zookeeper({ version: '3.9.2' }, 'mtls'),
    listeners: [...securedListeners, { name: 'EXTERNAL', port: 9094, security: 'mtls', scope: 'external', maxConnections: 100 }],
    authorization: 'acl',
    superUsers: ['admin'],
  }),
  'Apache 3.9, ZooKeeper, SCRAM between brokers': environmentOf({
    ...zookeeper({ version: '3.9.2' }, 'mtls'),
    ...scramBetweenBrokers,
    listeners: [...securedListeners],
  }),
  'Confluent 7.5, ZooKeeper, secured': environmentOf({ ...zookeeper(confluent('7.5.0'), 'mtls'), listeners: [...securedListeners] }),
  'Confluent 7.6, ZooKeeper, open': environmentOf({ ...zookeeper(confluent('7.6.0'), 'plaintext'), listeners: [...plainListeners] }),
  'Apache 4.3, combined, open': environmentOf({
    kafka: { version: '4.3.1' },
    metadata: { mode: 'kraft' },
    nodePools: [combined],
    listeners: [...plainListeners],
  }),
  'Apache 4.3, separate, secured, dynamic': environmentOf({
    kafka: { version: '4.3.1' },
    metadata: {
      mode: 'kraft',
      security: 'mtls',
      quorum: 'dynamic',
      directoryIds: { '101': 'directoryOfNode000101A', '102': 'directoryOfNode000102A' },
    },
    nodePools: separate,
    listeners: [...securedListeners],
    authorization: 'acl',
  }),
  'Apache 4.3, separate, SCRAM between brokers': environmentOf({
    kafka: { version: '4.3.1' },
    metadata: { mode: 'kraft', security: 'mtls' },
    nodePools: separate,
    ...scramBetweenBrokers,
    listeners: [...securedListeners],
  }),
  'Confluent 7.6, KRaft, secured': environmentOf({
    kafka: confluent('7.6.0'),
    metadata: { mode: 'kraft', security: 'mtls' },
    nodePools: separate,
    listeners: [...securedListeners],
    authorization: 'acl',
  }),
};

/** One of them. */
export function environmentNamed(name: string): Environment {
  const environment = environments[name];
  if (environment === undefined) throw new Error(`no test environment is called ${name}`);
  return environment;
}
