import type { Row } from './row';

export const accessRows: readonly Row[] = [
  {
    code: 'access/operation-not-applicable',
    change: { 'topicAccess/orders/producers/0/operations': ['WRITE', 'IDEMPOTENT_WRITE'] },
    path: ['topicAccess', 'orders', 'producers', 0, 'operations', 1],
    message:
      'operation IDEMPOTENT_WRITE does not exist for TOPIC; use ALL, READ, WRITE, CREATE, DELETE, ALTER, DESCRIBE, DESCRIBE_CONFIGS and ALTER_CONFIGS',
  },
  {
    code: 'access/cluster-name',
    change: { 'access/2/resourceName': 'orders' },
    path: ['access', 2, 'resourceName'],
    message: 'resource "orders" of type CLUSTER does not exist; write kafka-cluster',
  },
  {
    code: 'access/consumer-without-group',
    severity: 'warning',
    change: { 'topicAccess/orders/consumers/0/consumerGroups': [] },
    path: ['topicAccess', 'orders', 'consumers', 0],
    message: 'consumer "User:billing" of "orders" may join no group; add consumerGroups',
  },
  {
    code: 'access/shadowed-by-deny',
    severity: 'warning',
    change: {
      'access/3': {
        intent: 'raw',
        principal: 'shop',
        permission: 'DENY',
        resourceType: 'TOPIC',
        resourceName: 'ord',
        patternType: 'PREFIXED',
        operations: ['WRITE'],
      },
    },
    path: ['access', 3],
    message: 'this DENY takes back what is granted elsewhere: WRITE of User:shop on TOPIC "orders"; remove one of the two',
  },
  {
    code: 'access/shared-group',
    severity: 'warning',
    change: { 'access/3': { intent: 'consumer', principal: 'shop', topics: ['orders'], groups: ['billing'] } },
    path: ['access', 3, 'groups', 0],
    message: `consumer group "billing" is read by "User:billing" and "shop": they would take each other's records; give each a group of its own`,
  },
  {
    code: 'access/record-named',
    change: { 'access/3': { intent: 'raw', principal: 'shop', resourceType: 'TOPIC', resourceName: '_kafkon', operations: ['DESCRIBE'] } },
    path: ['access', 3, 'resourceName'],
    message: 'topic "_kafkon" is kept by the convergence for itself; take it out',
  },
  {
    code: 'access/record-open',
    change: { 'access/3': { intent: 'producer', principal: 'User:*', topics: ['_*'] } },
    path: ['access', 3],
    also: ['reference/foreign-topic'],
    message: 'this lets everybody read or change topic "_kafkon"; name the accounts, or a narrower prefix',
  },
  {
    code: 'reference/unknown-account',
    change: { 'topicAccess/orders/producers/0/principal': 'User:shpo' },
    path: ['topicAccess', 'orders', 'producers', 0, 'principal'],
    message: 'no service account is named "shpo"; the nearest known is "shop"',
  },
  {
    code: 'reference/unknown-user-group',
    change: { 'access/0/principal': 'Group:analyst' },
    path: ['access', 0, 'principal'],
    message: 'no user group is named "analyst"; the nearest known is "analysts"',
  },
  {
    code: 'reference/unknown-schema',
    change: { 'topics/orders/schema/valueSchema': 'ordre' },
    path: ['topics', 'orders', 'schema', 'valueSchema'],
    message: 'no schema is named "ordre"; the nearest known is "order"',
  },
  {
    code: 'reference/undeclared-topic',
    change: { 'topicAccess/order': {} },
    path: ['topicAccess', 'order'],
    message: 'no declared topic is meant by "order"; the nearest known is "orders"',
  },
  {
    code: 'reference/foreign-topic',
    severity: 'warning',
    change: { 'access/0/topics': ['costumers'] },
    path: ['access', 0, 'topics', 0],
    message: 'no declared topic is meant by "costumers"; the nearest known is "customers"',
  },
  {
    code: 'reference/protects-nothing',
    severity: 'warning',
    change: { protectedTopics: ['payments-*'] },
    path: ['protectedTopics', 0],
    message: 'no declared topic is meant by "payments-*"; declare it under topics or correct the name',
  },
  {
    code: 'companion/account-missing',
    change: { 'serviceAccounts/kafka-ui': undefined },
    path: ['companions', 'kafkaUi'],
    message:
      'kafka-ui logs in through the listener "INTERNAL" with a password, and no service account is named "kafka-ui"; add it under serviceAccounts, with the grants it needs',
  },
  {
    code: 'companion/remote-login-missing',
    change: {
      'serviceAccounts/mirror-maker': {},
      'companions/mirrorMaker': { remote: { alias: 'backup', bootstrapServers: ['backup:9094'], security: 'scram', user: 'copy' } },
    },
    path: ['companions', 'mirrorMaker', 'remote', 'secret'],
    message: 'secret is missing, and the remote cluster "backup" is reached with scram; add it, or change security',
  },
];
