import type { Environment } from '../environment';
import { platformDocker } from '../platform-docker';
import { platformKubernetes } from '../platform-kubernetes';
import type { Problem, Severity } from '../problem';
import { accessRules } from './access';
import { accountRules } from './accounts';
import { allowListRules } from './allow-lists';
import { backupRules } from './backup';
import { brokerProtocolRules } from './broker-protocol';
import { capacityRules } from './capacity';
import { companionRules } from './companions';
import { configRules } from './config';
import { connectorRules } from './connectors';
import { dockerRules } from './docker';
import { imageRules } from './images';
import { internalTopicRules } from './internal-topics';
import { listenerRules } from './listeners';
import { memoryRules } from './memory';
import { metadataRules } from './metadata';
import { nameRules } from './names';
import { nodeRules } from './nodes';
import { ownershipTopicRules } from './ownership-topic';
import { quorumRules } from './quorum';
import { quotaRules } from './quotas';
import { reachabilityRules } from './reachability';
import { referenceRules } from './references';
import type { Finding, Platform, Rule } from './rule';
import { schemaRules } from './schemas';
import { secretRules } from './secrets';
import { securityRules } from './security';
import { strimziRules } from './strimzi';
import { strimziAccessRules } from './strimzi-access';
import { thresholdRules } from './thresholds';
import { topicConfigRules } from './topic-config';
import { topicRules } from './topics';
import { zoneRules } from './zones';

export type { Platform } from './rule';

/** Every rule, in the order of the documentation. */
export const rules: readonly Rule[] = [
  ...imageRules,
  ...brokerProtocolRules,
  ...metadataRules,
  ...quorumRules,
  ...nodeRules,
  ...zoneRules,
  ...memoryRules,
  ...capacityRules,
  ...listenerRules,
  ...reachabilityRules,
  ...configRules,
  ...internalTopicRules,
  ...topicRules,
  ...topicConfigRules,
  ...securityRules,
  ...secretRules,
  ...accountRules,
  ...allowListRules,
  ...accessRules,
  ...ownershipTopicRules,
  ...backupRules,
  ...referenceRules,
  ...quotaRules,
  ...companionRules,
  ...schemaRules,
  ...connectorRules,
  ...thresholdRules,
  ...nameRules,
  ...dockerRules,
  ...strimziRules,
  ...strimziAccessRules,
];

/** What decides how an environment is judged. */
export interface CheckOptions {
  /** The platforms it must be fit for. @default those under `platform` that say more than the defaults, or else Kubernetes */
  readonly platforms?: readonly Platform[] | undefined;
}

/**
 * The platforms that an environment is meant for: those it says anything about; Kubernetes where it says nothing of either.
 */
export function declaredPlatforms(environment: Environment): readonly Platform[] {
  const declared: Platform[] = [];
  if (!isDefault(environment.platform.kubernetes, platformKubernetes.parse({}))) declared.push('kubernetes');
  if (!isDefault(environment.platform.docker, platformDocker.parse({}))) declared.push('docker');
  return declared.length === 0 ? ['kubernetes'] : declared;
}

function isDefault(section: unknown, defaults: unknown): boolean {
  return JSON.stringify(section) === JSON.stringify(defaults);
}

/**
 * Applies every rule (or those given) and returns what all of them found. Under `security.strictMode` warnings are errors. Rules of
 * a platform that is not asked for are left out: one file can serve both, and only those in use must work.
 */
export function checkEnvironment(environment: Environment, options: CheckOptions = {}, table: readonly Rule[] = rules): readonly Problem[] {
  const asked = options.platforms ?? declaredPlatforms(environment);
  const applied = table.filter(({ platform }) => platform === undefined || asked.includes(platform));
  return applied.flatMap((rule) =>
    rule.check(environment).map(
      (finding): Problem => ({
        code: rule.code,
        severity: severityOf(rule, finding, environment),
        path: finding.path,
        message: finding.message,
      }),
    ),
  );
}

function severityOf(rule: Rule, finding: Finding, environment: Environment): Severity {
  const severity = finding.severity ?? rule.severity;
  return severity === 'warning' && environment.security.strictMode ? 'error' : severity;
}
