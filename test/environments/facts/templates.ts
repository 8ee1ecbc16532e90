import { type Fact, GiB, inEnvironment } from './fact';

/** docs/seeds.md, 000. */
export const templateFacts: readonly Fact[] = [
  ...inEnvironment('templates/development', [
    ['S0-13', 'nodes/1/memory', GiB],
    ['S0-13', 'nodes/1/disks/data/size', 10 * GiB],
    ['S0-19', 'nodes/length', 1],
    ['S0-19', 'kind', 'development'],
    ['S0-23', 'listeners/EXTERNAL/port', 9092],
    ['S0-24', 'companions/restProxy/port', 8082],
    ['S0-25', 'companions/kafkaUi/port', 8080],
    ['S0-26', 'monitoring/jmxPort', undefined],
    ['S0-29', 'tags/team', 'backend'],
    ['S0-29', 'tags/project', 'user-service'],
    ['S0-31', 'topics/my-topic/partitions', 3],
    ['S0-31', 'topics/my-topic/replicationFactor', 1],
    ['S0-31', 'topics/my-topic/config/retention.ms', 604_800_000],
  ]),
  ...inEnvironment('templates/testing', [
    ['S0-20', 'nodes/length', 3],
    ['S0-20', 'kind', 'testing'],
    ['S0-17', 'companions/restProxy/port', 8082],
    ['S0-26', 'monitoring/jmxPort', 9999],
  ]),
  ...inEnvironment('templates/staging', [
    ['S0-21', 'nodes/length', 6],
    ['S0-21', 'kind', 'staging'],
    ['S0-21', 'authorization', 'acl'],
    ['S0-38', 'security/auditLogging', true],
    ['S0-25', 'companions/kafkaUi/port', 8080],
  ]),
  ...inEnvironment('templates/production', [
    ['S0-22', 'nodes/length', 6],
    ['S0-22', 'topics/my-topic/replicationFactor', 3],
    ['S0-22', 'monitoring/enabled', true],
    ['S0-22', 'security/encryptionRequired', true],
    ['S0-35', 'serviceAccounts/admin/passwordPolicy', 'strong'],
    ['S0-37', 'serviceAccounts/admin/rotationDays', 90],
    ['S0-39', 'listeners/EXTERNAL/security', 'scram'],
    ['S0-40', 'monitoring/thresholds/diskUsagePercent', 85],
    ['S0-10', 'quotas/0/user', 'default'],
  ]),
];
