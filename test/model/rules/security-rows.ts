import type { Row } from './row';

export const securityRows: readonly Row[] = [
  {
    code: 'security/plaintext-listener',
    change: { 'listeners/3': { name: 'OPEN', port: 9096, security: 'plaintext' } },
    path: ['listeners', 3, 'security'],
    message: 'listener "OPEN" is plaintext, which security.encryptionRequired forbids; write tls, mtls or scram',
    also: ['security/anonymous-listener'],
  },
  {
    code: 'security/plaintext-metadata',
    metadata: 'zookeeper',
    change: { 'metadata/security': 'plaintext' },
    path: ['metadata', 'security'],
    message: 'metadata.security is plaintext, which security.encryptionRequired forbids; write mtls',
  },
  {
    code: 'security/anonymous-listener',
    severity: 'warning',
    change: { 'listeners/3': { name: 'OPEN', port: 9096, security: 'tls' } },
    path: ['listeners', 3, 'security'],
    message: 'clients of the listener "OPEN" (tls) are anonymous, and authorization: acl grants them nothing; write scram or mtls',
  },
  {
    code: 'security/audit-without-authorizer',
    severity: 'warning',
    change: { authorization: 'none' },
    path: ['security', 'auditLogging'],
    message: 'auditLogging logs what the authorizer decides, and authorization is none; write authorization: acl',
    also: ['security/not-enforced'],
  },
  {
    code: 'security/no-second-factor',
    severity: 'notice',
    change: { 'security/mfaRequiredForAdmin': true },
    path: ['security', 'mfaRequiredForAdmin'],
    message: 'Kafka knows no second factor: administrators must hold a client certificate instead, and nothing beyond it is enforced',
  },
  {
    code: 'security/open-jmx',
    severity: 'notice',
    change: { 'monitoring/jmxPort': 9999 },
    path: ['monitoring', 'jmxPort'],
    message:
      'JMX on port 9999 asks nobody who they are, and only the network guards it; leave jmxPort out where metrics on port 7071 will do',
  },
  {
    code: 'security/admin-without-certificate',
    severity: 'warning',
    change: { 'security/mfaRequiredForAdmin': true, 'access/1/principal': 'User:shop' },
    path: ['access', 1, 'principal'],
    message:
      'administrator "shop" logs in with a password (scram-sha-512), which security.mfaRequiredForAdmin forbids; set its authentication to mtls',
    also: ['security/no-second-factor'],
  },
  {
    code: 'security/not-enforced',
    severity: 'notice',
    change: { authorization: 'none', 'security/auditLogging': false },
    path: ['authorization'],
    message:
      'authorization is none: serviceAccounts, access and topicAccess are kept as intent and not enforced; write acl to enforce them',
  },
  {
    code: 'security/replication-listener-plain',
    severity: 'warning',
    change: { authorization: 'none', security: {}, 'listeners/0/security': 'plaintext', 'serviceAccounts/report/ipAllowlists': undefined },
    path: ['listeners', 0, 'security'],
    message:
      'brokers replicate through "INTERNAL" in plaintext while other internal listeners are secured; put a secured one first or name it in interBrokerListener',
    also: ['security/not-enforced'],
  },
  {
    code: 'secret/literal',
    change: { 'kafka/config/config.providers.vault.param.password': 'hunter2' },
    path: ['kafka', 'config', 'config.providers.vault.param.password'],
    message:
      '"config.providers.vault.param.password" holds a secret in clear; read it from a file through a config provider, or name a logical secret under secrets',
  },
  {
    code: 'secret/literal',
    change: { 'clients/bulk/producer/sasl.jaas.config': 'hunter2' },
    path: ['clients', 'bulk', 'producer', 'sasl.jaas.config'],
    message:
      '"sasl.jaas.config" holds a secret in clear; read it from a file through a config provider, or name a logical secret under secrets',
  },
  {
    code: 'secret/literal',
    change: { 'kafka/jvmOptions': ['-Djavax.net.ssl.keyStorePassword=hunter2'] },
    path: ['kafka', 'jvmOptions', 0],
    message:
      'JVM option -Djavax.net.ssl.keyStorePassword holds a secret in clear; every process of the machine can read it, so give it by a file',
  },
  {
    code: 'secret/shared-by-accounts',
    change: { 'serviceAccounts/billing/secret': 'shop-password' },
    path: ['serviceAccounts', 'billing'],
    message: 'secret "shop-password" of the account "billing" is that of another account too; give it a secret of its own',
  },
  {
    code: 'secret/unknown',
    change: { 'platform/kubernetes/secrets': { 'shop-pasword': { name: 'shop', key: 'password' } } },
    path: ['platform', 'kubernetes', 'secrets', 'shop-pasword'],
    message: 'no logical secret is named "shop-pasword"; the nearest known is "shop-password"',
  },
  {
    code: 'account/cannot-log-in',
    change: { 'serviceAccounts/shop/authentication': 'scram-sha-256' },
    path: ['serviceAccounts', 'shop', 'authentication'],
    message:
      'account "shop" logs in with scram-sha-256, which none of the listeners "INTERNAL", "ADMIN" and "EXTERNAL" takes; add a listener with security scram and the mechanism SCRAM-SHA-256, or change the account',
  },
  {
    code: 'account/cannot-log-in',
    severity: 'notice',
    change: { 'listeners/1': { name: 'ADMIN', port: 9095, security: 'scram' }, authorization: 'none', 'security/auditLogging': false },
    path: ['serviceAccounts', 'operator', 'authentication'],
    message:
      'account "operator" logs in with mtls, which none of the listeners "INTERNAL", "ADMIN" and "EXTERNAL" takes; add a listener with security mtls, or change the account',
    also: ['security/not-enforced'],
  },
  {
    code: 'account/reserved-name',
    change: { 'serviceAccounts/orders-production-broker': {} },
    path: ['serviceAccounts', 'orders-production-broker'],
    message: `account "orders-production-broker" is a name of the cluster's own; choose another`,
  },
  {
    code: 'backup/no-listener',
    change: {
      backup: { metadata: {} },
      'listeners/1/security': 'scram',
      'listeners/3': { name: 'BROKERS', port: 9096, security: 'scram' },
      interBrokerListener: 'BROKERS',
    },
    path: ['backup', 'metadata'],
    also: ['account/cannot-log-in'],
    message: 'the backup has no listener to log in to; add an internal one with security: mtls, or take interBrokerListener out',
  },
  {
    code: 'allow-list/bad-address',
    change: { 'security/ipAllowlists/office': ['192.0.2.7', '192.0.2.300'] },
    path: ['security', 'ipAllowlists', 'office', 1],
    message: '"192.0.2.300" is neither an address nor a network; write 192.0.2.7, 192.0.2.0/24 or 0.0.0.0/0',
  },
  {
    code: 'allow-list/unknown',
    change: { 'serviceAccounts/report/ipAllowlists': ['ofice'] },
    path: ['serviceAccounts', 'report', 'ipAllowlists', 0],
    message: 'no allow-list is named "ofice"; the nearest known is "office"',
  },
  {
    code: 'allow-list/wider-than-account',
    change: { 'security/ipAllowlists/office': ['192.0.2.0/24'] },
    path: ['serviceAccounts', 'report', 'ipAllowlists'],
    message:
      'account "report" may come from 192.0.2.0/24 only, but the listener "EXTERNAL" is open to anywhere and ACLs know no networks; set its allowFrom to these networks, or list single addresses',
    also: ['allow-list/internal-not-limited', 'allow-list/network-on-docker'],
  },
  {
    code: 'allow-list/network-on-docker',
    change: { 'listeners/2/allowFrom': ['192.0.2.0/24'] },
    path: ['listeners', 2, 'allowFrom', 0],
    message: 'network 192.0.2.0/24 cannot be enforced on Docker; list single addresses, or 0.0.0.0/0 for everybody',
  },
  {
    code: 'allow-list/internal-not-limited',
    severity: 'notice',
    change: { 'security/ipAllowlists/lab': ['198.51.100.0/24'] },
    path: ['security', 'ipAllowlists'],
    message:
      'networks of allow-lists limit the external listeners; internal ones are limited by namespace (platform.kubernetes.clientNamespaces)',
    also: ['allow-list/network-on-docker'],
  },
];
