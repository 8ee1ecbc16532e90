import type { Row } from './row';

export const imagesRows: readonly Row[] = [
  {
    code: 'version/unknown-release',
    change: { 'kafka/distribution': 'confluent', 'kafka/version': '7.99.0' },
    path: ['kafka', 'version'],
    message: 'Confluent release "7.99.0" is not known; use one of 7.0, 7.1, 7.2, 7.3, 7.4, 7.5, 7.6, 7.7, 7.8, 7.9, 8.0, 8.1',
  },
  {
    code: 'version/not-supported',
    change: { 'kafka/version': '3.4.1', 'kafka/image': { repository: 'example/kafka' } },
    path: ['kafka', 'version'],
    message: 'Kafka 3.4 (release "3.4.1") is not supported; use 3.5 to 3.9, or 4.x',
  },
  {
    code: 'image/not-published',
    change: { 'kafka/version': '3.6.2' },
    path: ['kafka', 'version'],
    message:
      'there is no image apache/kafka of "3.6.2", the first is 3.7.0; raise the version, use the distribution confluent, or name an image of your own',
  },
  {
    code: 'image/wrong-version',
    change: { 'kafka/image': { tag: '3.8.0' } },
    path: ['kafka', 'image', 'tag'],
    message: `image tag "3.8.0" is not Kafka's version "3.9.2"; write the same release in both, or leave the tag out`,
  },
  {
    code: 'image/wrong-version',
    metadata: 'zookeeper',
    change: { 'kafka/distribution': 'confluent', 'kafka/version': '7.6.0', 'metadata/image': { tag: '7.5.0' } },
    path: ['metadata', 'image', 'tag'],
    message: `image tag "7.5.0" is not Kafka's version "7.6.0"; write the same release in both, or leave the tag out`,
  },
  {
    code: 'image/wrong-distribution',
    change: { 'kafka/image': { repository: 'confluentinc/cp-kafka' } },
    path: ['kafka', 'image', 'repository'],
    message:
      'image "confluentinc/cp-kafka" is of the distribution confluent, not apache; change kafka.distribution to confluent or the repository',
  },
  {
    code: 'image/withdrawn',
    change: { 'companions/redis': { image: { repository: 'bitnami/redis' } } },
    path: ['companions', 'redis', 'image', 'repository'],
    message: 'image "bitnami/redis" was withdrawn by its publisher; use apache/kafka, a confluentinc image or a mirror of your own',
  },
  {
    code: 'image/latest-tag',
    change: { 'kafka/image': { tag: 'latest' } },
    path: ['kafka', 'image', 'tag'],
    message: 'tag "latest" of apache/kafka:latest moves and is not for production; write a release',
  },
  {
    code: 'version/protocol-too-new',
    metadata: 'zookeeper',
    change: { 'kafka/version': '3.7.1', 'kafka/config/inter.broker.protocol.version': '3.9' },
    path: ['kafka', 'config', 'inter.broker.protocol.version'],
    message: 'Kafka 3.7 does not know the protocol "3.9"; write "3.7" or older, or raise kafka.version first',
  },
  {
    code: 'version/protocol-held-back',
    metadata: 'zookeeper',
    change: { 'kafka/config/inter.broker.protocol.version': '3.6-IV2' },
    severity: 'notice',
    path: ['kafka', 'config', 'inter.broker.protocol.version'],
    message:
      'brokers of Kafka 3.9 speak the protocol of 3.6; once all of them run 3.9 and shall stay so, take the setting out, bring it up and roll',
  },
  {
    code: 'version/protocol-per-pool',
    metadata: 'zookeeper',
    change: { 'nodePools/0/config': { 'inter.broker.protocol.version': '3.6' } },
    path: ['nodePools', 0, 'config', 'inter.broker.protocol.version'],
    message:
      '"inter.broker.protocol.version" of pool "brokers-a" would set its brokers apart from the others; write it once, under kafka.config',
  },
  {
    code: 'version/protocol-unused',
    change: { 'kafka/config/inter.broker.protocol.version': '3.6' },
    severity: 'warning',
    path: ['kafka', 'config', 'inter.broker.protocol.version'],
    message: '"inter.broker.protocol.version" has no effect on kraft; remove it, and raise the metadata version after an upgrade',
  },
];
