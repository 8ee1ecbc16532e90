import { describe, expect, it } from '@jest/globals';
import { addressBook } from '../../lib/lifecycle';
import { directory, onDocker, smallCluster } from '../support/docker/small-cluster';

describe('the address book', () => {
  it('has services, bootstrap servers for the host and for containers, and settings for anybody', () => {
    const { environment, addressing } = onDocker();
    expect(addressBook(environment, addressing, directory)).toEqual({
      services: [{ service: 'kafkaUi', address: 'http://localhost:8080' }],
      bootstrap: [
        { listener: 'INTERNAL', security: 'plaintext', audience: 'containers', servers: 'kafka-1:29092,kafka-2:29092,kafka-3:29092' },
        { listener: 'EXTERNAL', security: 'plaintext', audience: 'host', servers: 'localhost:9092,localhost:9093,localhost:9094' },
      ],
      clients: [
        {
          listener: 'EXTERNAL',
          settings: { 'bootstrap.servers': 'localhost:9092,localhost:9093,localhost:9094', 'security.protocol': 'PLAINTEXT' },
        },
      ],
    });
  });

  const secured = onDocker({
    ...smallCluster,
    companions: {},
    listeners: [
      { name: 'INTERNAL', port: 29_092, security: 'scram' },
      { name: 'EXTERNAL', port: 9092, security: 'scram', scope: 'external', mechanisms: ['SCRAM-SHA-512'] },
      { name: 'ADMIN', port: 9192, security: 'mtls', scope: 'external' },
    ],
    serviceAccounts: { shop: {}, old: { authentication: 'scram-sha-256' }, operator: { authentication: 'mtls' } },
    platform: { docker: { listeners: { EXTERNAL: { basePort: 9091 }, ADMIN: { basePort: 9191 } } } },
  });
  const { bootstrap, clients } = addressBook(secured.environment, secured.addressing, directory);

  it('keeps quiet about the listener that is the brokers’ own', () => {
    expect(bootstrap.map(({ listener }) => listener)).toEqual(['INTERNAL', 'EXTERNAL', 'ADMIN']);
  });

  it('gives each account the settings of the listeners it can log in to', () => {
    expect(clients.map(({ account, listener }) => `${account} ${listener}`)).toEqual(['shop EXTERNAL', 'operator ADMIN']);
    expect(clients[0]?.settings).toEqual({
      'bootstrap.servers': 'localhost:9092,localhost:9093,localhost:9094',
      'security.protocol': 'SASL_SSL',
      'ssl.truststore.type': 'PEM',
      'ssl.truststore.location': `${directory}/secrets/certificates/ca.crt`,
      'config.providers': 'directory',
      'config.providers.directory.class': 'org.apache.kafka.common.config.provider.DirectoryConfigProvider',
      'sasl.mechanism': 'SCRAM-SHA-512',
      'sasl.jaas.config': `org.apache.kafka.common.security.scram.ScramLoginModule required username="shop" password="\${directory:${directory}/secrets:shop-password}";`,
    });
    expect(clients[1]?.settings['ssl.keystore.location']).toBe(`${directory}/secrets/certificates/accounts/operator/keystore.p12`);
  });
});
