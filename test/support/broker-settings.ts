/** What Kafka's own tools need in a container to reach the brokers as one of them does, with its certificate. */
export const brokerSettings: readonly string[] = [
  'security.protocol=SSL',
  'config.providers=directory',
  'config.providers.directory.class=org.apache.kafka.common.config.provider.DirectoryConfigProvider',
  ...['keystore', 'truststore'].flatMap((store) => [
    `ssl.${store}.type=PKCS12`,
    `ssl.${store}.location=/etc/kafkon-secrets/broker/${store}.p12`,
    `ssl.${store}.password=\${directory:/etc/kafkon-secrets/passwords:keystore-password}`,
  ]),
];
