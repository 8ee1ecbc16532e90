import { describe, expect, it } from '@jest/globals';
import { servicesOf } from '../../lib/lifecycle';
import { onDocker, smallCluster } from '../support/docker/small-cluster';

describe('the stack of an environment', () => {
  const { stack } = onDocker();

  it('names services as people do, and containers as Docker does', () => {
    expect(servicesOf(stack).map(({ service, name }) => `${service} ${name}`)).toEqual([
      'kafka-1 kafka-1',
      'kafka-2 kafka-2',
      'kafka-3 kafka-3',
      'kafka-ui kafka-ui',
      'zookeeper-1 zookeeper-1',
      'zookeeper-2 zookeeper-2',
      'zookeeper-3 zookeeper-3',
    ]);
    expect(stack.containers.filter(({ once }) => once).map(({ component }) => component)).toEqual(['prepare', 'prepare']);
  });

  it('says what the checks and the stop need', () => {
    const broker = stack.containers.find(({ service }) => service === 'kafka-2');
    expect(broker).toMatchObject({
      component: 'kafka',
      roles: ['broker'],
      node: 2,
      image: 'apache/kafka:3.9.2',
      memory: 512 * 2 ** 20,
      ports: [{ internal: 9093, external: 9093 }],
      stopSeconds: 120,
      checked: true,
      secretFiles: [],
    });
    expect(broker?.contentHash).toMatch(/^[0-9a-f]{16}$/);
    expect(stack).toMatchObject({ cluster: 'orders', networks: [{ name: 'orders-kafka' }] });
    expect(stack.volumes.filter(({ kept }) => kept)).toHaveLength(6);
  });

  it('gives files of secrets as absolute paths, and data directories not among them', () => {
    const secured = onDocker({
      ...smallCluster,
      listeners: [{ name: 'INTERNAL', port: 29_092, security: 'mtls' }],
      companions: {},
      platform: { docker: { dataDirectory: '/srv/data' } },
    }).stack;
    const files = secured.containers.find(({ service }) => service === 'kafka-1')?.secretFiles;
    expect([...(files ?? [])].sort()).toEqual([
      '/project/dist/docker/orders/secrets/certificates/broker/keystore.p12',
      '/project/dist/docker/orders/secrets/certificates/broker/truststore.p12',
      '/project/dist/docker/orders/secrets/keystore-password',
    ]);
  });
});
