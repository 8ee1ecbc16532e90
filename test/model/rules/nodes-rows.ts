import type { Row } from './row';

/** One pool of three has no zone, and nothing is said beside it that needs three of them. */
const withoutZone = (pool: number) => ({
  [`nodePools/${pool}/zone`]: undefined,
  'topics/customers': undefined,
  'topics/orders/config/min.insync.replicas': 1,
  'access/0': { intent: 'admin', principal: 'operator' },
});

export const nodesRows: readonly Row[] = [
  {
    code: 'nodes/no-broker',
    change: {
      nodePools: [
        { name: 'controllers', roles: ['controller'], ids: [100, 101, 102], memory: '2Gi', disks: [{ name: 'data', size: '20Gi' }] },
      ],
    },
    path: ['nodePools'],
    message: 'no pool has the role broker; add it to one, or add a pool of brokers',
  },
  {
    code: 'nodes/no-controller',
    change: { 'nodePools/0/roles': ['broker'], 'nodePools/0/zone': 'a' },
    path: ['nodePools'],
    message: 'no pool has the role controller, and kraft needs one; add it to a pool, or add a pool of three',
    also: ['zones/uneven', 'capacity/disks-too-small'],
  },
  {
    code: 'nodes/controller-with-zookeeper',
    metadata: 'zookeeper',
    change: { 'nodePools/0/roles': ['broker', 'controller'] },
    path: ['nodePools', 0, 'roles', 1],
    message: 'pool "brokers-a" has the role controller, which ZooKeeper mode does not know; remove the role or write metadata.mode: kraft',
  },
  {
    code: 'nodes/too-few-brokers',
    metadata: 'zookeeper',
    severity: 'warning',
    change: {
      nodePools: [
        { name: 'brokers-a', zone: 'a', ids: [0], memory: '16Gi', disks: [{ name: 'data', size: '1T' }] },
        { name: 'brokers-b', zone: 'b', ids: [1], memory: '16Gi', disks: [{ name: 'data', size: '1T' }] },
      ],
      topics: {},
      'kafka/config': {},
      topicAccess: {},
      protectedTopics: [],
      access: [],
    },
    path: ['nodePools'],
    message: '2 brokers in production; use at least 3',
  },
  {
    code: 'nodes/duplicate-id',
    change: { 'nodePools/2/ids': [0] },
    path: ['nodePools', 2, 'ids', 0],
    message: 'node id 0 stands in the pools "brokers-a" and "brokers-b"; give every node an id of its own',
  },
  {
    code: 'nodes/duplicate-id',
    change: { 'nodePools/0/ids': [100, 101, 101] },
    path: ['nodePools', 0, 'ids', 2],
    message: 'node id 101 stands twice in the pool "controllers"; give every node an id of its own',
  },
  {
    code: 'nodes/ids-not-contiguous',
    change: { 'nodePools/0/ids': [100, 101, 105] },
    path: ['nodePools', 0, 'ids'],
    message:
      'ids of the pool "controllers" have a gap after 101, and the pods of a StatefulSet count on without one; split the pool before 105',
  },
  {
    code: 'nodes/duplicate-pool',
    change: { 'nodePools/3/name': 'brokers-a' },
    path: ['nodePools', 3, 'name'],
    message: 'pool name "brokers-a" is taken by an earlier pool; choose another',
  },
  {
    code: 'nodes/duplicate-disk',
    change: {
      'nodePools/1/disks': [
        { name: 'data', size: '1T' },
        { name: 'data', size: '1T' },
      ],
    },
    path: ['nodePools', 1, 'disks', 1, 'name'],
    message: 'disk name "data" is taken by an earlier disk of the pool "brokers-a"; choose another',
  },
  {
    code: 'nodes/no-data-disk',
    change: { 'nodePools/0/disks': [{ name: 'logs', size: '1Gi', purpose: 'logs' }] },
    path: ['nodePools', 0, 'disks'],
    message: 'the pool "controllers" has no disk with the purpose data; add one',
  },
  {
    code: 'nodes/no-data-disk',
    metadata: 'zookeeper',
    change: { 'metadata/ensemble/disks': [{ name: 'logs', size: '1Gi', purpose: 'logs' }] },
    path: ['metadata', 'ensemble', 'disks'],
    message: 'the ZooKeeper ensemble has no disk with the purpose data; add one',
  },
  {
    code: 'zones/some-without',
    severity: 'warning',
    change: withoutZone(3),
    path: ['nodePools', 3],
    message: 'brokers of the pool "brokers-c" have no zone, others have; give every pool of brokers a zone',
  },
  {
    code: 'zones/some-without',
    severity: 'warning',
    metadata: 'zookeeper',
    change: withoutZone(2),
    path: ['nodePools', 2],
    message:
      'brokers of the pool "brokers-c" have no zone, others have, and with ZooKeeper Kafka then makes none of its own topics and adds no partitions; give every pool of brokers a zone',
  },
  {
    code: 'zones/only-one',
    severity: 'warning',
    change: { 'nodePools/2/zone': 'a', 'nodePools/3/zone': 'a' },
    path: ['nodePools'],
    message: 'all brokers are in the zone "a", so that its loss takes every replica; spread them over at least 2 zones',
  },
  {
    code: 'zones/uneven',
    severity: 'warning',
    change: { 'nodePools/1/ids': [0, 1], 'nodePools/2/ids': [2], 'nodePools/3/ids': [3] },
    path: ['nodePools'],
    message: 'zones have 2 (a), 1 (b) and 1 (c) brokers; use the same number in each',
  },
  {
    code: 'zones/loss-stops-writes',
    severity: 'warning',
    change: { 'nodePools/3/zone': 'a', 'topics/customers': undefined, 'access/0': { intent: 'admin', principal: 'operator' } },
    path: ['topics', 'orders', 'replicationFactor'],
    message:
      '3 replicas in 2 zones: the loss of one zone can leave 1 in sync, below min.insync.replicas 2; use 3 zones or lower min.insync.replicas',
    also: ['zones/uneven'],
  },
  {
    code: 'memory/heap-share',
    change: { 'nodePools/1/heap': '9Gi' },
    path: ['nodePools', 1, 'heap'],
    message: 'heap 9Gi of the pool "brokers-a" is above 50% of its memory 16Gi; lower it to at most 8Gi or raise the memory',
  },
  {
    code: 'memory/zookeeper-heap-share',
    metadata: 'zookeeper',
    change: { 'metadata/ensemble/heap': '1800Mi' },
    path: ['metadata', 'ensemble', 'heap'],
    message: 'heap 1800Mi of ZooKeeper is above 80% of its memory 2Gi; lower it to at most 1638Mi or raise the memory',
  },
  {
    code: 'memory/heap-too-large',
    change: { 'nodePools/1/memory': '128Gi', 'nodePools/1/heap': '32Gi' },
    path: ['nodePools', 1, 'heap'],
    message: 'heap 32Gi of the pool "brokers-a" is not below 32Gi, where the JVM loses compressed references; lower it to at most 31Gi',
  },
  {
    code: 'capacity/disks-too-small',
    change: {
      'nodePools/1/disks/0/size': '500G',
      'nodePools/2/disks/0/size': '500G',
      'nodePools/3/disks/0/size': '500G',
      'topics/orders/partitions': 32,
      'topics/orders/load': { messagesPerSecond: 100000, messageBytes: 1000 },
    },
    path: ['nodePools'],
    message:
      "topics keep 181.5 TB (rate × retention × replicas), 121 times the 1.5 TB of the brokers' data disks; with 25% headroom 226.9 TB are needed; shorten the retention, correct the load, or add disks",
  },
  {
    code: 'capacity/disks-too-small',
    change: { 'nodePools/2/disks/0/size': '100G' },
    path: ['nodePools', 2, 'disks'],
    message:
      'broker 1 has 100 GB of data disks, and its even share with 25% headroom is 394.1 GB; give its pool larger disks, or shorten the retention, correct the load, or add disks',
  },
  {
    code: 'capacity/unbounded-retention',
    severity: 'warning',
    change: { 'topics/orders/config/retention.ms': -1 },
    path: ['topics', 'orders', 'config', 'retention.ms'],
    message: 'topic "orders" has a load and keeps everything for ever; set retention.ms or retention.bytes, or compact it',
  },
];
