import { describeWith } from '../../support/parts';
import { brokerPool, environmentOf, logDisk, plainListeners, securedListeners, zookeeperEnsemble } from '../../support/runtime/environment';
import { plainClusters, securedClusters } from './clusters';

const kafka = { version: '3.9.2', config: { 'group.initial.rebalance.delay.ms': 0 } };
const version = '3.9.2';

describeWith(['maven', 'java', 'openssl', 'kafka-3.9.2'], 'Kafka 3.9 with ZooKeeper, from rendered files', () => {
  plainClusters([
    {
      title: 'an open cluster of three brokers and three ZooKeepers',
      version,
      environment: environmentOf({
        kafka,
        metadata: { mode: 'zookeeper', chroot: '/kafka', ensemble: { ...zookeeperEnsemble, disks: [...zookeeperEnsemble.disks, logDisk] } },
        nodePools: [{ ...brokerPool, disks: [...brokerPool.disks, logDisk] }],
        listeners: [...plainListeners],
      }),
    },
  ]);
  securedClusters([
    {
      title: 'a secured cluster of three brokers and three ZooKeepers',
      version,
      environment: environmentOf({
        kafka,
        metadata: { mode: 'zookeeper', security: 'mtls', ensemble: zookeeperEnsemble },
        nodePools: [brokerPool],
        listeners: [...securedListeners],
        authorization: 'acl',
        security: { auditLogging: true },
      }),
    },
  ]);
});
