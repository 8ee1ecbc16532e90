import { describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import { dockerAddressing } from '../../lib/docker';
import { kubernetesAddressing } from '../../lib/kubernetes';
import type { Environment } from '../../lib/model';
import { effectiveConfig, kafkaProcesses, type Process, parseProperties, zookeeperProcesses } from '../../lib/runtime';
import { concreteIds, environmentOf } from '../environments/environments';
import { randomEnvironment } from '../support/docker/random-environment';
import { container, evaluated, list, ofType, terraform } from '../support/docker/terraform';

/** The settings that say who is where, and so may differ between platforms. No others. */
const addressSettings = [
  'advertised.listeners',
  'listeners',
  'controller.quorum.bootstrap.servers',
  'controller.quorum.voters',
  'zookeeper.connect',
  /^server\.\d+$/,
];

const mayDiffer = (key: string) => addressSettings.some((each) => (typeof each === 'string' ? each === key : each.test(key)));

/** Every process of the cluster itself on both platforms, in pairs. */
function pairs(environment: Environment): readonly (readonly [Process, Process])[] {
  const [kubernetes, docker] = [kubernetesAddressing(environment), dockerAddressing(environment)].map((addressing) => [
    ...zookeeperProcesses(environment, addressing),
    ...kafkaProcesses(environment, addressing),
  ]) as [Process[], Process[]];
  return kubernetes.map((process, index) => [process, docker[index] as Process]);
}

/** The settings in which the platforms differ, beside those that may. */
function differences(environment: Environment): string[] {
  return pairs(environment).flatMap(([kubernetes, docker]) => {
    const [one, other] = [kubernetes, docker].map((process) => effectiveConfig([process])[process.name] ?? {}) as [
      Record<string, string>,
      Record<string, string>,
    ];
    const keys = [...new Set([...Object.keys(one), ...Object.keys(other)])];
    return keys.filter((key) => !mayDiffer(key) && one[key] !== other[key]).map((key) => `${docker.name} ${key}`);
  });
}

/** What a process is apart from addresses. */
function nature({ env, files, ports, ...rest }: Process) {
  const { KAFKA_JMX_OPTS: _, ...variables } = env;
  return {
    ...rest,
    variables,
    files: files.map(({ path }) => path),
    ports: ports.map(({ name }) => name).filter((name) => name !== 'jmx'),
  };
}

describe('a cluster on Kubernetes and on Docker', () => {
  it.each(concreteIds())('is set the same for %s but for its addresses', (id) => {
    expect(differences(environmentOf(id))).toEqual([]);
  });

  it('is set the same for any environment', () => {
    fc.assert(
      fc.property(randomEnvironment, (environment) => {
        expect(differences(environment)).toEqual([]);
      }),
    );
  });

  it('has the same processes for any environment, JMX apart', () => {
    fc.assert(
      fc.property(randomEnvironment, (environment) => {
        for (const [kubernetes, docker] of pairs(environment)) expect(nature(docker)).toEqual(nature(kubernetes));
      }),
    );
  });

  it('differs where it says where things are, so that the comparison can fail', () => {
    const [[kubernetes, docker] = []] = pairs(environmentOf('kraft/development'));
    const config = (process: Process | undefined) => (process === undefined ? {} : effectiveConfig([process])[process.name]);
    expect(config(kubernetes)?.['advertised.listeners']).not.toBe(config(docker)?.['advertised.listeners']);
  });
});

describe('the Terraform of an environment', () => {
  it('uploads to each container the very files of its process', () => {
    fc.assert(
      fc.property(randomEnvironment, (environment) => {
        const config = terraform(environment);
        for (const [, process] of pairs(environment)) {
          const uploads = list(container(config, process.name), 'upload');
          const files = uploads.map(({ file, content }) => [file, evaluated(String(content))]);
          expect(Object.fromEntries(files)).toEqual(Object.fromEntries(process.files.map(({ path, content }) => [path, content])));
        }
      }),
      { numRuns: 25 },
    );
  });

  it('publishes what the brokers tell clients on the host', () => {
    fc.assert(
      fc.property(randomEnvironment, (environment) => {
        const config = terraform(environment);
        for (const [, process] of pairs(environment)) {
          const settings = parseProperties(process.files.find(({ path }) => path.endsWith('server.properties'))?.content ?? '');
          const told = /EXTERNAL:\/\/localhost:(\d+)/.exec(settings['advertised.listeners'] ?? '')?.[1];
          if (told === undefined) continue;
          const bound = Number(/EXTERNAL:\/\/:(\d+)/.exec(settings.listeners ?? '')?.[1]);
          expect(list(container(config, process.name), 'ports')).toContainEqual({ external: Number(told), internal: bound });
        }
      }),
      { numRuns: 25 },
    );
  });

  it('is the same for topics and accounts of any sort: they are no resources', () => {
    const environment = environmentOf('tda/development');
    const { topics, serviceAccounts, access, topicAccess, quotas, schemas, ...rest } = environment;
    const bare = { ...rest, topics: [], serviceAccounts: {}, access: [], topicAccess: {}, quotas: [], schemas: {} };
    expect(topics.length).toBeGreaterThan(3);
    expect(terraform(bare)).toEqual(terraform(environment));
    expect(ofType(terraform(bare), 'docker_container').length).toBeGreaterThan(8);
  });
});
