import type { Row } from './row';

export const platformsRows: readonly Row[] = [
  {
    code: 'name/stateful-set-too-long',
    severity: 'warning',
    change: { 'nodePools/0/name': 'controllers-of-the-main-room-1', 'platform/kubernetes/names': { kafka: 'kafka-of-orders-production' } },
    path: ['nodePools', 0, 'name'],
    message:
      'StatefulSet name "kafka-of-orders-production-controllers-of-the-main-room-1" of the pool "controllers-of-the-main-room-1" has 57 characters, above 52; it becomes "kafka-of-orders-production-controllers-of-th-1m8u2wh"; choose shorter names',
  },
  {
    code: 'name/collision',
    metadata: 'zookeeper',
    change: { 'nodePools/0/name': 'brokers', 'platform/kubernetes/names': { zookeeper: 'kafka' } },
    path: ['platform', 'kubernetes', 'names', 'zookeeper'],
    message: 'name "kafka" of ZooKeeper is that of the pool "brokers" too; rename one',
  },
  {
    code: 'name/topic-folding',
    severity: 'warning',
    change: { 'topics/Orders': {} },
    path: ['topics', 'orders'],
    message: 'topic "orders" differs from another only in capitals; rename one',
  },
  {
    code: 'name/account-collision',
    severity: 'warning',
    change: { 'serviceAccounts/Shop': { authentication: 'mtls' } },
    path: ['serviceAccounts', 'Shop'],
    message: 'account "Shop" becomes "shop", as another does; rename one',
  },
  {
    code: 'kubernetes/renewal-after-expiry',
    change: { 'platform/kubernetes/certificates': { durationDays: 30 } },
    path: ['platform', 'kubernetes', 'certificates', 'renewBeforeDays'],
    message: 'renewBeforeDays 30 is not below durationDays 30; lower it',
  },
  {
    code: 'docker/port-collision',
    change: { 'platform/docker/ports': { grafana: 8080 } },
    path: ['platform', 'docker', 'ports', 'grafana'],
    message: 'published port 8080 of grafana is that of kafkaUi too; choose another',
  },
  {
    code: 'docker/bound-port-collision',
    change: { 'platform/docker/listeners': { EXTERNAL: { basePort: 9089 } } },
    path: ['platform', 'docker', 'listeners', 'EXTERNAL', 'basePort'],
    message: 'port 9091 that broker 2 binds for "EXTERNAL" is that of the listener "REPLICATION" too; choose another basePort',
  },
  {
    code: 'docker/port-too-high',
    change: { 'platform/docker/portOffset': 46534 },
    path: ['platform', 'docker', 'listeners', 'EXTERNAL'],
    message: 'published port 65536 of kafka-2 EXTERNAL is above 65535; lower it or platform.docker.portOffset',
  },
  {
    code: 'docker/container-collision',
    metadata: 'zookeeper',
    change: { 'platform/docker/containers': { zookeeper: 'zk' } },
    path: ['platform', 'docker', 'containers', 'zookeeper'],
    message: 'container name "zk" stands for several nodes; put {id} into it, or rename one',
  },
];
