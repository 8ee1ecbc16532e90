import type { Row } from './row';

/** The good environment in the hands of the operator; administrators' grants on tokens are left out, and that is told. */
const operated = { 'platform/kubernetes/flavor': 'strimzi', 'kafka/version': '4.3.1' };
const also = ['strimzi/left-out'];

export const strimziRows: readonly Row[] = [
  {
    code: 'strimzi/zookeeper',
    metadata: 'zookeeper',
    change: { 'platform/kubernetes/flavor': 'strimzi' },
    path: ['metadata', 'mode'],
    message: 'mode zookeeper: Strimzi dropped it with 0.46; write kraft, or flavor: plain',
    also: ['strimzi/kafka-version', ...also],
  },
  {
    code: 'strimzi/kafka-version',
    change: { 'platform/kubernetes/flavor': 'strimzi' },
    path: ['kafka', 'version'],
    message: "apache Kafka 3.9.2 is none that Strimzi 1.2.0 runs: 4.2.0, 4.2.1, 4.3.0 and 4.3.1 of Apache's",
    also,
  },
  {
    code: 'strimzi/listener',
    change: { ...operated, 'listeners/1/port': 9404 },
    path: ['listeners', 1, 'port'],
    message: "port 9404 is Strimzi's own; choose 9092 or above, but not 9404 and 9999",
    also,
  },
  {
    code: 'strimzi/setting',
    change: { ...operated, 'nodePools/1/config': { 'num.io.threads': 4 } },
    path: ['nodePools', 1, 'config', 'num.io.threads'],
    message: 'setting num.io.threads of one pool: Strimzi gives all pools the same settings; move it to kafka.config',
    also,
  },
  {
    code: 'strimzi/volume-number',
    change: {
      ...operated,
      'nodePools/1/disks': [
        { name: 'data', size: '1T' },
        { name: 'data-0', size: '1T' },
      ],
    },
    path: ['nodePools', 1, 'disks', 1, 'name'],
    message:
      'disk "data-0" of the pool "brokers-a" has the number 0, as another has; Strimzi knows volumes by the number their name ends with',
    also,
  },
  {
    code: 'strimzi/jvm-option',
    change: { ...operated, 'kafka/jvmOptions': ['-XX:+UseZGC', '-verbose:gc'] },
    path: ['kafka', 'jvmOptions', 1],
    message: 'JVM option -verbose:gc cannot be given to Strimzi; use -XX:… and -D… alone',
    also,
  },
  {
    code: 'strimzi/companion-certificate',
    change: { ...operated, 'listeners/0/security': 'mtls' },
    path: ['listeners', 0, 'security'],
    message: 'the first internal listener asks companions (kafkaUi) for certificates; put one with scram or tls before it',
    also,
  },
  {
    code: 'strimzi/convergence-listener',
    change: { ...operated, 'listeners/1/security': 'tls' },
    path: ['listeners'],
    message:
      'there is no internal listener with mtls for the convergence and the backup; add one, or write convergence.topics: operator and no backup',
    also: ['account/cannot-log-in', 'security/anonymous-listener', ...also],
  },
  {
    code: 'strimzi/no-operator',
    change: { 'convergence/topics': 'operator' },
    path: ['convergence', 'topics'],
    message: 'topics belong to an operator, and there is none; write kafkon, or platform.kubernetes.flavor: strimzi',
  },
  {
    code: 'strimzi/ingress',
    change: { 'platform/kubernetes/listeners/EXTERNAL/ingressClass': 'nginx' },
    path: ['platform', 'kubernetes', 'listeners', 'EXTERNAL', 'ingressClass'],
    message: 'only Strimzi makes an Ingress; remove ingressClass, or write flavor: strimzi',
  },
  {
    code: 'strimzi/account',
    change: { ...operated, 'serviceAccounts/web_shop': { authentication: 'mtls' } },
    path: ['serviceAccounts', 'web_shop'],
    message: 'account "web_shop" cannot be a KafkaUser; use lower-case letters, digits, dots and hyphens, at most 64',
    also,
  },
  {
    code: 'strimzi/grant',
    change: {
      ...operated,
      'access/2': {
        intent: 'raw',
        principal: 'User:shop',
        resourceType: 'DELEGATION_TOKEN',
        resourceName: 'shop',
        operations: ['DESCRIBE'],
      },
    },
    path: ['access', 2, 'resourceType'],
    message: 'grants on delegation tokens are unknown to Strimzi; remove this one',
    also,
  },
  {
    code: 'strimzi/quota',
    change: { ...operated, 'quotas/0': { clientId: 'batch', consumerByteRate: 1_000_000 } },
    path: ['quotas', 0, 'clientId'],
    message: 'quota for the client id "batch": Strimzi has quotas of users alone; remove it',
    also,
  },
  {
    code: 'strimzi/left-out',
    severity: 'notice',
    change: operated,
    path: ['platform', 'kubernetes', 'flavor'],
    message:
      "not given to Strimzi: administrators' grants on delegation tokens; the operator logs to standard output, brings its own images and knows no such tokens",
  },
];
