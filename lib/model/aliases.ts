import { clientSettingAliases, topicSettingAliases } from './setting-aliases';

/**
 * Another spelling that environment files may use. In every map that `at` names (`*` is any one key or list item, `` the whole
 * environment) the value under the keys `from` is moved to the keys `to`, both counted from that map. What stands inside
 * `environmentOverrides.<kind>` is looked up as if it stood outside of it.
 */
export interface AliasRule {
  readonly at: string;
  readonly from: readonly string[];
  readonly to: readonly string[];
}

/** The places that hold the fields of a topic. */
const topicPlaces = ['topics.*', 'defaults'] as const;

const inTopics = (from: readonly string[], to: readonly string[]): AliasRule[] => topicPlaces.map((at) => ({ at, from, to }));

const rename = (at: string, from: string, to: string): AliasRule => ({ at, from: [from], to: [to] });

const environment: readonly AliasRule[] = [
  rename('', 'environment_overrides', 'environmentOverrides'),
  rename('', 'service_accounts', 'serviceAccounts'),
  rename('', 'user_groups', 'userGroups'),
  rename('', 'topic_access', 'topicAccess'),
  rename('', 'protected_topics', 'protectedTopics'),
  { at: '', from: ['thresholds'], to: ['monitoring', 'thresholds'] },
];

const security: readonly AliasRule[] = [
  rename('security', 'mfa_required_for_admin', 'mfaRequiredForAdmin'),
  rename('security', 'encryption_required', 'encryptionRequired'),
  rename('security', 'audit_logging', 'auditLogging'),
  rename('security', 'strict_mode', 'strictMode'),
  rename('security', 'ip_allowlists', 'ipAllowlists'),
];

const accounts: readonly AliasRule[] = [
  rename('serviceAccounts.*', 'password_policy', 'passwordPolicy'),
  rename('serviceAccounts.*', 'rotation_days', 'rotationDays'),
  rename('serviceAccounts.*', 'ip_allowlists', 'ipAllowlists'),
  rename('topicAccess.*.consumers.*', 'consumer_groups', 'consumerGroups'),
];

const thresholds: readonly AliasRule[] = [
  rename('monitoring.thresholds', 'consumer_lag_warning', 'consumerLagWarning'),
  rename('monitoring.thresholds', 'consumer_lag_critical', 'consumerLagCritical'),
  rename('monitoring.thresholds', 'critical_consumer_lag', 'consumerLagCritical'),
  rename('monitoring.thresholds', 'error_rate_percent', 'errorRatePercent'),
  rename('monitoring.thresholds', 'disk_usage_percent', 'diskUsagePercent'),
  rename('monitoring.thresholds', 'under_replicated_percent', 'underReplicatedPercent'),
];

const topics: readonly AliasRule[] = [
  rename('topics.*', 'environment_overrides', 'environmentOverrides'),
  ...inTopics(['replication_factor'], ['replicationFactor']),
  ...inTopics(['client'], ['clientSettings']),
  ...inTopics(['client_settings'], ['clientSettings']),
  ...inTopics(['schema', 'value_schema'], ['schema', 'valueSchema']),
  ...inTopics(['schema', 'key_schema'], ['schema', 'keySchema']),
  ...inTopics(['thresholds', 'consumer_lag_warning'], ['thresholds', 'consumerLagWarning']),
  ...inTopics(['thresholds', 'consumer_lag_critical'], ['thresholds', 'consumerLagCritical']),
];

/** A topic setting may stand beside `partitions` or in `config`. */
const topicSettings = topicSettingAliases.flatMap(([from, to]) => [
  ...inTopics([from], ['config', to]),
  ...inTopics(['config', from], ['config', to]),
]);

/**
 * What a producer or consumer is set to is no setting of a topic: it moves from `config` to `clientSettings`, so that it is never
 * sent to a broker, under Kafka's dotted key whether it was written with dots or underscores.
 */
const clientSettings = clientSettingAliases.flatMap(([client, from, to]) => [
  ...[...new Set([from, to])].flatMap((written) => inTopics(['config', written], ['clientSettings', client, to])),
  ...(from === to ? [] : inTopics(['clientSettings', client, from], ['clientSettings', client, to])),
  ...(from === to ? [] : [{ at: 'clients.*', from: [client, from], to: [client, to] }]),
]);

/** Every accepted spelling beside the canonical one, in the order in which they are applied. */
export const aliasRules: readonly AliasRule[] = [
  ...environment,
  ...security,
  ...accounts,
  ...thresholds,
  ...topics,
  ...topicSettings,
  ...clientSettings,
];
