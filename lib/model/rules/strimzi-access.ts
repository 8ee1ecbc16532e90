import { aclsOf } from '../acl';
import type { Environment } from '../environment';
import { backupPrincipal } from '../principal';
import type { Finding, Rule } from './rule';
import { withStrimzi } from './strimzi';
import { joinedList } from './words';

/** A name that an object of Kubernetes may bear, within what a certificate's common name holds. */
const userName = /^(?=.{1,64}$)[a-z0-9]([a-z0-9.-]*[a-z0-9])?$/;

function checkAccounts({ serviceAccounts }: Environment): Finding[] {
  return Object.entries(serviceAccounts).flatMap(([account, { authentication }]) => [
    ...(userName.test(account)
      ? []
      : [
          {
            path: ['serviceAccounts', account],
            message: `account "${account}" cannot be a KafkaUser; use lower-case letters, digits, dots and hyphens, at most 64`,
          },
        ]),
    ...(authentication === 'scram-sha-256'
      ? [
          {
            path: ['serviceAccounts', account, 'authentication'],
            message: `account "${account}" uses SCRAM-SHA-256, which Strimzi does not know; write scram-sha-512`,
          },
        ]
      : []),
  ]);
}

function checkGrants(environment: Environment): Finding[] {
  const acls = aclsOf(environment);
  const strangers = [...new Set(acls.map(({ principal }) => principal.slice('User:'.length)))].filter(
    (account) => environment.serviceAccounts[account] === undefined && account !== backupPrincipal(environment.name),
  );
  return [
    ...strangers.map((account) => ({
      path: ['access'],
      message: `"${account}" is granted something and is no service account; Strimzi keeps grants with the KafkaUser: declare it under serviceAccounts`,
    })),
    ...environment.access.flatMap((intent, index) =>
      intent.intent === 'raw' && intent.resourceType === 'DELEGATION_TOKEN'
        ? [{ path: ['access', index, 'resourceType'], message: 'grants on delegation tokens are unknown to Strimzi; remove this one' }]
        : [],
    ),
  ];
}

function checkQuotas({ quotas, serviceAccounts }: Environment): Finding[] {
  return quotas.flatMap((quota, index) => {
    const path = ['quotas', index];
    if (quota.clientId !== undefined) {
      return [
        {
          path: [...path, 'clientId'],
          message: `quota for the client id "${quota.clientId}": Strimzi has quotas of users alone; remove it`,
        },
      ];
    }
    const user = quota.user ?? '';
    const known = user === 'default' || serviceAccounts[user] !== undefined;
    const fraction = quota.requestPercentage !== undefined && !Number.isInteger(quota.requestPercentage);
    return [
      ...(known ? [] : [{ path: [...path, 'user'], message: `quota of "${user}", which is no service account: declare it` }]),
      ...(fraction
        ? [
            {
              path: [...path, 'requestPercentage'],
              message: `requestPercentage ${quota.requestPercentage}: Strimzi takes whole numbers; round it`,
            },
          ]
        : []),
    ];
  });
}

/** Who may do what, as far as the operator can say it. */
export const strimziAccessRules: readonly Rule[] = [
  {
    code: 'strimzi/account',
    severity: 'error',
    reason: 'A KafkaUser bears the name of the account, and logs in by certificate or SCRAM-SHA-512.',
    platform: 'kubernetes',
    check: withStrimzi(checkAccounts),
  },
  {
    code: 'strimzi/grant',
    severity: 'error',
    reason: 'Strimzi keeps ACLs with the KafkaUser they are for, and deletes all others of that user.',
    platform: 'kubernetes',
    reads: ['serviceAccounts.**'],
    check: withStrimzi(checkGrants),
  },
  {
    code: 'strimzi/quota',
    severity: 'error',
    reason: 'Strimzi keeps quotas with the KafkaUser they are for.',
    platform: 'kubernetes',
    check: withStrimzi(checkQuotas),
  },
  {
    code: 'strimzi/left-out',
    severity: 'notice',
    reason: 'Some demands of an environment are the operator’s to meet.',
    platform: 'kubernetes',
    check: withStrimzi((environment) => {
      const left = [
        ...(environment.pools.some(({ disks }) => disks.some(({ purpose }) => purpose === 'logs')) ? ['disks for logs'] : []),
        ...(environment.access.some(({ intent }) => intent === 'admin') ? ["administrators' grants on delegation tokens"] : []),
        ...(environment.kafka.image.registry !== undefined ? ['kafka.image'] : []),
      ];
      return left.length === 0
        ? []
        : [
            {
              path: ['platform', 'kubernetes', 'flavor'],
              message: `not given to Strimzi: ${joinedList(left)}; the operator logs to standard output, brings its own images and knows no such tokens`,
            },
          ];
    }),
  },
];
