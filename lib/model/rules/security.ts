import { accountsOf } from '../acl';
import { type Environment, replicationListenerName, usesTls } from '../environment';
import type { Path } from '../problem';
import type { Finding, Rule } from './rule';

/** Who may do everything, with the place that says so. */
function administrators(environment: Environment): { account: string; path: Path }[] {
  const granted = environment.access.flatMap((intent, index) =>
    intent.intent === 'admin'
      ? accountsOf(environment, intent.principal).map((account) => ({ account, path: ['access', index, 'principal'] as Path }))
      : [],
  );
  return [...environment.superUsers.map((account, index) => ({ account, path: ['superUsers', index] as Path })), ...granted];
}

function checkEncryption(environment: Environment): Finding[] {
  if (!environment.security.encryptionRequired) return [];
  return environment.listeners.flatMap(({ name, security }, index) =>
    security === 'plaintext'
      ? [
          {
            path: ['listeners', index, 'security'],
            message: `listener "${name}" is plaintext, which security.encryptionRequired forbids; write tls, mtls or scram`,
          },
        ]
      : [],
  );
}

const reads = ['security.**'];

export const securityRules: readonly Rule[] = [
  {
    code: 'security/plaintext-listener',
    severity: 'error',
    reason: 'security.encryptionRequired means every listener.',
    reads,
    check: checkEncryption,
  },
  {
    code: 'security/plaintext-metadata',
    severity: 'error',
    reason: 'security.encryptionRequired means the link to ZooKeeper or to the controllers too.',
    reads: [...reads, 'metadata.mode'],
    check: ({ metadata, security }) =>
      security.encryptionRequired && metadata.security === 'plaintext'
        ? [
            {
              path: ['metadata', 'security'],
              message: `metadata.security is plaintext, which security.encryptionRequired forbids; write mtls`,
            },
          ]
        : [],
  },
  {
    code: 'security/open-jmx',
    severity: 'notice',
    reason: 'Remote JMX asks nobody who they are, and whoever reaches it can run code in the broker.',
    check: (environment) =>
      environment.monitoring.jmxPort !== undefined && usesTls(environment)
        ? [
            {
              path: ['monitoring', 'jmxPort'],
              message: `JMX on port ${environment.monitoring.jmxPort} asks nobody who they are, and only the network guards it; leave jmxPort out where metrics on port ${environment.monitoring.metricsPort} will do`,
            },
          ]
        : [],
  },
  {
    code: 'security/anonymous-listener',
    severity: 'warning',
    reason: 'Clients of a listener that does not ask who they are have no rights under authorization: acl, and its ACLs seem broken.',
    reads: ['authorization'],
    check: ({ authorization, interBrokerListener, listeners }) =>
      authorization === 'none'
        ? []
        : listeners.flatMap(({ name, security }, index) =>
            (security === 'plaintext' || security === 'tls') && name !== interBrokerListener
              ? [
                  {
                    path: ['listeners', index, 'security'],
                    message: `clients of the listener "${name}" (${security}) are anonymous, and authorization: acl grants them nothing; write scram or mtls`,
                  },
                ]
              : [],
          ),
  },
  {
    code: 'security/audit-without-authorizer',
    severity: 'warning',
    reason: "The audit log is the authorizer's.",
    reads: ['authorization'],
    check: ({ authorization, security }) =>
      security.auditLogging && authorization === 'none'
        ? [
            {
              path: ['security', 'auditLogging'],
              message: 'auditLogging logs what the authorizer decides, and authorization is none; write authorization: acl',
            },
          ]
        : [],
  },
  {
    code: 'security/no-second-factor',
    severity: 'notice',
    reason: 'What Kafka cannot do is said, not passed over.',
    check: ({ security }) =>
      security.mfaRequiredForAdmin
        ? [
            {
              path: ['security', 'mfaRequiredForAdmin'],
              message:
                'Kafka knows no second factor: administrators must hold a client certificate instead, and nothing beyond it is enforced',
            },
          ]
        : [],
  },
  {
    code: 'security/admin-without-certificate',
    severity: 'warning',
    reason: 'Under security.mfaRequiredForAdmin a password alone must not open everything.',
    reads,
    check: (environment) =>
      environment.security.mfaRequiredForAdmin
        ? administrators(environment).flatMap(({ account, path }) => {
            const authentication = environment.serviceAccounts[account]?.authentication ?? 'mtls';
            return authentication === 'mtls'
              ? []
              : [
                  {
                    path,
                    message: `administrator "${account}" logs in with a password (${authentication}), which security.mfaRequiredForAdmin forbids; set its authentication to mtls`,
                  },
                ];
          })
        : [],
  },
  {
    code: 'security/not-enforced',
    severity: 'notice',
    reason: 'With authorization: none accounts and grants are kept as intent.',
    check: ({ authorization, access, serviceAccounts, topicAccess }) => {
      const intent = access.length + Object.keys(topicAccess).length + Object.keys(serviceAccounts).length;
      return authorization === 'none' && intent > 0
        ? [
            {
              path: ['authorization'],
              message:
                'authorization is none: serviceAccounts, access and topicAccess are kept as intent and not enforced; write acl to enforce them',
            },
          ]
        : [];
    },
  },
  {
    code: 'security/replication-listener-plain',
    severity: 'warning',
    reason: 'What clients must encrypt is copied between brokers too.',
    check: (environment) => {
      const index = environment.listeners.findIndex(({ name }) => name === environment.interBrokerListener);
      const secured = environment.listeners.some(({ security, scope }) => security !== 'plaintext' && scope === 'internal');
      const plain =
        environment.listeners[index]?.security === 'plaintext' && environment.listeners[index]?.name !== replicationListenerName;
      return plain &&
        secured &&
        environment.kind === 'production' &&
        !environment.security.encryptionRequired &&
        environment.authorization === 'none'
        ? [
            {
              path: ['listeners', index, 'security'],
              message: `brokers replicate through "${environment.interBrokerListener}" in plaintext while other internal listeners are secured; put a secured one first or name it in interBrokerListener`,
            },
          ]
        : [];
    },
  },
];
