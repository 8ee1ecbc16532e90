import type { Environment } from '../../../lib/model';
import { environmentFor, type Mode } from './clusters';

/** Readable to any client. */
const topic = { partitions: 1, replicationFactor: 1, config: { 'compression.type': 'producer' } } as const;
const raw = (principal: string, resourceType: 'TOPIC' | 'GROUP' | 'CLUSTER' | 'TRANSACTIONAL_ID', resourceName: string) =>
  ({ intent: 'raw', principal, resourceType, resourceName }) as const;

/** An account for each intent, and for the ways in which they meet: prefixes, groups of users, refusals, everything to read. */
export function everyIntent(mode: Mode): Environment {
  return environmentFor(mode, {
    topics: { orders: topic, 'orders-archive': topic, payments: topic, 'connect-configs': topic },
    serviceAccounts: {
      shop: {},
      ledger: { authentication: 'scram-sha-256' },
      billing: {},
      auditor: {},
      totals: {},
      connect: {},
      copier: {},
      operator: {},
      viewer: {},
      watcher: {},
      fenced: {},
      tuner: {},
      idle: {},
    },
    userGroups: { finance: { members: ['billing', 'auditor'] } },
    topicAccess: {
      'orders*': { producers: [{ principal: 'User:shop' }], consumers: [{ principal: 'Group:finance', consumerGroups: ['finance-*'] }] },
    },
    access: [
      { intent: 'producer', principal: 'ledger', topics: ['payments'], transactionalIds: ['ledger-*'] },
      { intent: 'consumer', principal: 'auditor', topics: ['*'], groups: ['audit'] },
      { intent: 'streams', principal: 'totals', applicationId: 'totals', reads: ['orders'], writes: ['payments'] },
      { intent: 'connect', principal: 'connect', group: 'connect', storageTopics: ['connect-configs'], reads: ['orders'], writes: [] },
      { intent: 'connect', principal: 'copier', group: 'copier', storageTopics: ['copier-status'], writes: ['payments'] },
      { intent: 'admin', principal: 'operator' },
      { ...raw('viewer', 'TOPIC', '*'), operations: ['READ', 'DESCRIBE', 'DESCRIBE_CONFIGS'] },
      { ...raw('viewer', 'CLUSTER', 'kafka-cluster'), operations: ['DESCRIBE'] },
      { ...raw('watcher', 'TOPIC', '*'), operations: ['DESCRIBE'] },
      { ...raw('watcher', 'GROUP', '*'), operations: ['DESCRIBE'] },
      { ...raw('fenced', 'TOPIC', 'orders'), patternType: 'PREFIXED', operations: ['ALL'] },
      { ...raw('fenced', 'TOPIC', 'orders-archive'), permission: 'DENY', operations: ['ALL'] },
      { ...raw('tuner', 'TOPIC', 'orders'), operations: ['ALTER', 'ALTER_CONFIGS', 'DELETE'] },
      { ...raw('tuner', 'CLUSTER', 'kafka-cluster'), operations: ['CREATE'] },
      { ...raw('tuner', 'TRANSACTIONAL_ID', 'tuner'), operations: ['DESCRIBE'] },
    ],
    quotas: [],
  });
}
