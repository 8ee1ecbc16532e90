import type { Change } from './good-environment';

/** Thirty mistakes of all kinds in one file, each with the place and the words that must be reported. */
export const mistakes: readonly { readonly change: Change; readonly path: string; readonly says: string }[] = [
  {
    change: { kind: 'prodution' },
    path: 'kind',
    says: '"prodution" is not allowed; write one of development, testing, staging, production; the nearest is "production"',
  },
  { change: { name: 'orders production' }, path: 'name', says: '"orders production" is no environment name' },
  { change: { desciption: 'orders' }, path: 'desciption', says: 'unknown key "desciption"; the nearest known is "description"' },
  { change: { 'nodePools/1/memory': 'much' }, path: 'nodePools[1].memory', says: '"much" is no size' },
  { change: { 'nodePools/2/disks/0/size': '1 TB of disk' }, path: 'nodePools[2].disks[0].size', says: '"1 TB of disk" is no size' },
  { change: { 'nodePools/3/cpus': 2 }, path: 'nodePools[3].cpus', says: 'unknown key "cpus"; the nearest known is "cpu"' },
  { change: { 'nodePools/0/ids': [100, 101, 1020] }, path: 'nodePools[0].ids[2]', says: '1020 is above 999; lower it to at most 999' },
  { change: { 'listeners/0/port': 99_999 }, path: 'listeners[0].port', says: '99999 is above 65535; lower it to at most 65535' },
  {
    change: { 'listeners/1/security': 'sasl' },
    path: 'listeners[1].security',
    says: '"sasl" is not allowed; write one of plaintext, tls, mtls, scram',
  },
  {
    change: { 'listeners/2/scope': 'public' },
    path: 'listeners[2].scope',
    says: '"public" is not allowed; write one of internal, external',
  },
  { change: { authorization: true }, path: 'authorization', says: 'true is not allowed; write one of none, acl' },
  { change: { 'topics/user attempts': {} }, path: 'topics["user attempts"]', says: '"user attempts" is no topic name; use letters' },
  { change: { 'topics/orders/partitions': 'twelve' }, path: 'topics.orders.partitions', says: '"twelve" is not a number; write a number' },
  {
    change: { 'topics/orders/replicatonFactor': 3 },
    path: 'topics.orders.replicatonFactor',
    says: 'the nearest known is "replicationFactor"',
  },
  {
    change: { 'topics/customers/replicationFactor': 7 },
    path: 'topics.customers.replicationFactor',
    says: 'replication factor 7 is above the',
  },
  {
    change: { 'topics/customers/config/retention.ms': '7d' },
    path: 'topics.customers.config["retention.ms"]',
    says: 'is not a whole number',
  },
  {
    change: { 'topics/customers/config/segment.bytes': [1] },
    path: 'topics.customers.config["segment.bytes"]',
    says: 'a list is not a text, a number or true or false',
  },
  {
    change: { 'topics/customers/config/linger.ms': 5 },
    path: 'topics.customers.config["linger.ms"]',
    says: 'is a producer setting, not a topic',
  },
  {
    change: { 'serviceAccounts/billing/password': 'hunter2' },
    path: 'serviceAccounts.billing.password',
    says: 'would hold a secret in clear',
  },
  {
    change: { 'serviceAccounts/report/rotationDays': 0 },
    path: 'serviceAccounts.report.rotationDays',
    says: '0 is below 1; raise it to at least 1',
  },
  {
    change: { 'serviceAccounts/report/ipAllowlists/0': 'offcie' },
    path: 'serviceAccounts.report.ipAllowlists[0]',
    says: 'the nearest known is "office"',
  },
  {
    change: { 'userGroups/analysts/members': [] },
    path: 'userGroups.analysts.members',
    says: 'the list has 0 items, and at least 1 is needed; add one',
  },
  { change: { 'access/0/intent': 'consume' }, path: 'access[0].intent', says: '"consume" is not allowed; write one of producer, consumer' },
  { change: { 'access/1/principal': 'User:opreator' }, path: 'access[1].principal', says: 'the nearest known is "operator"' },
  { change: { 'access/2/operations': ['DESCRIBE', 'LOOK'] }, path: 'access[2].operations[1]', says: '"LOOK" is not allowed' },
  { change: { 'quotas/0/consumerByteRate': 1.5 }, path: 'quotas[0].consumerByteRate', says: '1.5 is not a whole number' },
  { change: { 'kafka/config/num.io.treads': 8 }, path: 'kafka.config["num.io.treads"]', says: 'the nearest known is "num.io.threads"' },
  { change: { 'kafka/config/log.dirs': '/data' }, path: 'kafka.config["log.dirs"]', says: 'say it with nodePools[].disks' },
  { change: { 'monitoring/thresholds/diskUsagePercent': 120 }, path: 'monitoring.thresholds.diskUsagePercent', says: '120 is above 100' },
  {
    change: { 'platform/docker/listeners/EXTRENAL': {} },
    path: 'platform.docker.listeners.EXTRENAL',
    says: 'the nearest known is "EXTERNAL"',
  },
];
