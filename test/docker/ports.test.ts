import { describe, expect, it } from '@jest/globals';
import { publishedPorts } from '../../lib/model';
import { concreteIds, environmentOf } from '../environments/environments';
import { type Block, list, ofType, type Terraform, terraform } from '../support/docker/terraform';
import { brokerPool, environmentOf as environmentFrom, zookeeperEnsemble } from '../support/runtime/environment';

const environments = concreteIds().map((id) => ({ id, environment: environmentOf(id) }));
const externalPorts = (config: Terraform) =>
  ofType(config, 'docker_container').flatMap(([, block]) => list(block, 'ports').map(({ external }) => Number(external)));

/** What there may be one of only on a Docker host. */
function claims(config: Terraform): readonly string[] {
  const named = (type: string) => ofType(config, type).map(([, { name }]: readonly [string, Block]) => `${type} ${name}`);
  return [
    ...externalPorts(config).map((port) => `port ${port}`),
    ...named('docker_container'),
    ...named('docker_network'),
    ...named('docker_volume'),
  ];
}

describe('published ports', () => {
  it.each(environments)('of $id are those that the model counts', ({ environment }) => {
    expect(externalPorts(terraform(environment)).sort((a, b) => a - b)).toEqual(publishedPorts(environment).map(({ port }) => port));
  });

  it.each(environments)('of $id are taken once', ({ environment }) => {
    const all = claims(terraform(environment));
    expect(all.filter((claim, index) => all.indexOf(claim) !== index)).toEqual([]);
  });

  it('do not collide between environments that share a host, nor do names', () => {
    const owners = new Map<string, string>();
    const collisions = environments.flatMap(({ id, environment }) =>
      claims(terraform(environment)).flatMap((claim) => {
        const key = `${environment.platform.docker.host ?? id} ${claim}`;
        const owner = owners.get(key) ?? id;
        owners.set(key, owner);
        return owner === id ? [] : [`${key}: ${owner} and ${id}`];
      }),
    );
    expect(collisions).toEqual([]);
  });

  it('of companions give way to what is taken already', () => {
    const environment = environmentFrom({
      kafka: { version: '3.9.2' },
      metadata: { mode: 'zookeeper', ensemble: zookeeperEnsemble },
      nodePools: [brokerPool],
      listeners: [
        { name: 'INTERNAL', port: 9092, security: 'plaintext' },
        { name: 'EXTERNAL', port: 9094, security: 'plaintext', scope: 'external' },
      ],
      companions: { kafkaUi: {}, restProxy: {}, connect: { port: 8082 } },
      platform: { docker: { listeners: { EXTERNAL: { basePort: 8079 } }, portOffset: 100 } },
    });
    const ports = publishedPorts(environment);
    expect(ports.map(({ service, port, inside }) => [service, port, inside])).toEqual([
      ['kafka-1 EXTERNAL', 8180, 8080],
      ['kafka-2 EXTERNAL', 8181, 8081],
      ['kafka-3 EXTERNAL', 8182, 8082],
      ['connect', 8183, 8082],
      ['kafkaUi', 8184, 8080],
      ['restProxy', 8185, 8082],
    ]);
  });
});
