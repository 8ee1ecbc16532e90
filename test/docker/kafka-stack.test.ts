import { describe, expect, it } from '@jest/globals';
import { terraformOf } from '../../lib/docker';
import type { Environment, EnvironmentInput } from '../../lib/model';
import { environmentOf as committed } from '../environments/environments';
import { type Block, container, list, ofType, type Terraform, terraform, uploaded } from '../support/docker/terraform';
import { brokerPool, environmentOf, zookeeperEnsemble } from '../support/runtime/environment';

type Docker = NonNullable<EnvironmentInput['platform']>['docker'];

function environment(docker: Docker = {}, more: Partial<Parameters<typeof environmentOf>[0]> = {}): Environment {
  return environmentOf({
    name: 'Orders',
    tags: { team: 'payments', 'cost centre': '42 $' + '{x}' },
    kafka: { version: '3.9.2' },
    metadata: { mode: 'zookeeper', ensemble: zookeeperEnsemble },
    nodePools: [{ ...brokerPool, cpu: { request: '500m', limit: 2 } }],
    listeners: [
      { name: 'INTERNAL', port: 29_092, security: 'plaintext' },
      { name: 'EXTERNAL', port: 9092, security: 'plaintext', scope: 'external' },
    ],
    platform: { docker: { listeners: { EXTERNAL: { basePort: 9091 } }, ...docker } },
    ...more,
  });
}

const labelsOf = (block: Block) => Object.fromEntries(list(block, 'labels').map(({ label, value }) => [label, value]));
const names = (config: Terraform, type: string) => ofType(config, type).map(([, { name }]) => name);

describe('an environment on Docker', () => {
  const config = terraform(environment());
  const broker = container(config, 'kafka-1');

  it('is a container for each node, and one that prepares each kind', () => {
    expect(names(config, 'docker_container')).toEqual([
      'kafka-1',
      'kafka-2',
      'kafka-3',
      'orders-kafka-prepare',
      'orders-zookeeper-prepare',
      'zookeeper-1',
      'zookeeper-2',
      'zookeeper-3',
    ]);
  });

  it('has one network, in which nodes are found by their host names', () => {
    expect(names(config, 'docker_network')).toEqual(['orders-kafka']);
    expect(list(broker, 'networks_advanced')).toEqual([{ aliases: ['kafka-1'], name: '$' + '{docker_network.orders-kafka.id}' }]);
    expect(broker.hostname).toBe('kafka-1');
  });

  it('takes the names that are given', () => {
    const given = terraform(
      environment({
        network: 'tda-kafka-network',
        containers: { kafka: 'tda_kafka_{id}', zookeeper: 'tda_zookeeper_{id}' },
        hostnames: { kafka: 'broker-{id}', zookeeper: 'zoo-{id}' },
      }),
    );
    expect(names(given, 'docker_network')).toEqual(['tda-kafka-network']);
    expect(container(given, 'tda_kafka_2').hostname).toBe('broker-2');
    expect(container(given, 'tda_zookeeper_3').hostname).toBe('zoo-3');
  });

  it('names volumes by environment, node and disk', () => {
    expect(names(config, 'docker_volume')).toContain('orders-kafka-1-data');
    expect(list(broker, 'mounts')).toContainEqual({
      source: '$' + '{docker_volume.orders-kafka-1-data.name}',
      target: '/var/lib/kafka/data',
      type: 'volume',
    });
  });

  it('keeps data in directories of the host where one is named', () => {
    const own = terraform(environment({ dataDirectory: 'data' }));
    expect(names(own, 'docker_volume')).toEqual(['orders-kafka-agents', 'orders-zookeeper-agents']);
    expect(list(container(own, 'kafka-1'), 'mounts')).toContainEqual({
      source: '$' + '{abspath(var.data_directory)}/kafka-1/data',
      target: '/var/lib/kafka/data',
      type: 'bind',
    });
    expect(container(own, 'orders-kafka-prepare').volumes).toEqual([
      { container_path: '/data', host_path: '$' + '{abspath(var.data_directory)}' },
    ]);
    expect(own.variable?.data_directory?.default).toBe('data');
  });

  it('starts a node from its own files, as a plain user without rights', () => {
    expect(broker.entrypoint).toEqual(['sh', '/etc/kafkon/start.sh']);
    expect(broker.user).toBe('1000:1000');
    expect(broker.security_opts).toEqual(['no-new-privileges:true']);
    expect(uploaded(broker, '/etc/kafkon/server.properties')).toContain(
      'advertised.listeners=INTERNAL://kafka-1:29092,EXTERNAL://localhost:9092\n',
    );
  });

  it('publishes each broker’s own port', () => {
    expect(list(broker, 'ports')).toEqual([{ internal: 9092, external: 9092 }]);
    expect(list(container(config, 'kafka-3'), 'ports')).toEqual([{ internal: 9094, external: 9094 }]);
    expect(container(config, 'zookeeper-1').ports).toEqual([]);
  });

  it('shifts what is published and what is told by the offset', () => {
    const shifted = container(terraform(environment({ portOffset: 1000 })), 'kafka-2');
    expect(list(shifted, 'ports')).toEqual([{ internal: 9093, external: 10_093 }]);
    expect(uploaded(shifted, '/etc/kafkon/server.properties')).toContain('EXTERNAL://localhost:10093\n');
  });

  it('lets JMX be reached from the host', () => {
    const watched = container(terraform(environment({ jmxBasePort: 9100, portOffset: 1000 })), 'kafka-2');
    expect(list(watched, 'ports')).toContainEqual({ internal: 10_102, external: 10_102 });
    const options = (watched.env as string[]).find((variable) => variable.startsWith('KAFKA_JMX_OPTS='));
    expect(options).toContain('-Dcom.sun.management.jmxremote.port=10102 -Dcom.sun.management.jmxremote.rmi.port=10102');
    expect(options).toContain('-Djava.rmi.server.hostname=localhost');
  });

  it('limits memory and processor', () => {
    expect(broker).toMatchObject({ memory: 512, memory_swap: 512, cpu_shares: 512, cpu_period: 100_000, cpu_quota: 200_000 });
    expect(container(config, 'zookeeper-1')).not.toHaveProperty('cpu_quota');
  });

  it('lets a container have as many files open as the kind asks for, or the environment says', () => {
    expect(broker.ulimit).toEqual([{ name: 'nofile', soft: 16_384, hard: 16_384 }]);
    expect(container(terraform(environment({}, { kind: 'production' })), 'kafka-1').ulimit).toEqual([
      { name: 'nofile', soft: 100_000, hard: 100_000 },
    ]);
    expect(container(terraform(environment({ openFiles: 4096 })), 'kafka-1').ulimit).toEqual([{ name: 'nofile', soft: 4096, hard: 4096 }]);
  });

  it('gives every directory that may be lost as memory, with leave to load libraries from it', () => {
    expect(broker.tmpfs).toEqual({
      '/opt/kafka/logs': 'rw,exec,nosuid,nodev,mode=1777,size=134217728',
      '/tmp': 'rw,exec,nosuid,nodev,mode=1777,size=134217728',
    });
  });

  it('tells whose everything is', () => {
    expect(labelsOf(broker)).toEqual({
      'kafkon.dev/cluster': 'Orders',
      'kafkon.dev/component': 'kafka',
      'kafkon.dev/content-hash': expect.stringMatching(/^[0-9a-f]{16}$/),
      'kafkon.dev/environment': 'development',
      'kafkon.dev/inter-broker-protocol': '3.9',
      'kafkon.dev/kafka-line': '3.9',
      'kafkon.dev/node': '1',
      'kafkon.dev/role': 'broker',
      'tags.kafkon.dev/cost-centre': '42 $$' + '{x}',
      'tags.kafkon.dev/team': 'payments',
    });
    expect(labelsOf(container(config, 'zookeeper-2'))).toMatchObject({ 'kafkon.dev/role': 'zookeeper', 'kafkon.dev/node': '2' });
  });

  it('brings the agents before a node starts', () => {
    expect(broker.depends_on).toEqual(['docker_container.orders-kafka-prepare']);
    expect(list(broker, 'mounts')).toContainEqual({
      source: '$' + '{docker_volume.orders-kafka-agents.name}',
      target: '/opt/kafkon/agents',
      type: 'volume',
      read_only: true,
    });
    const prepare = container(config, 'orders-kafka-prepare');
    expect(prepare).toMatchObject({ user: '0:0', network_mode: 'none', read_only: true, attach: true, restart: 'no' });
    expect(JSON.stringify(prepare.entrypoint)).toContain('chown 1000:1000 /data/2');
    expect((prepare.capabilities as Block).drop).not.toContain('CAP_CHOWN');
    expect((prepare.capabilities as Block).drop).toContain('CAP_NET_RAW');
  });

  it('waits among the nodes for nothing, so that one can be replaced alone', () => {
    const others = ofType(config, 'docker_container').filter(([, { attach }]) => attach !== true);
    const waits = others.flatMap(([, { depends_on }]) => depends_on as string[]);
    expect(waits.filter((each) => !each.endsWith('-prepare'))).toEqual([]);
  });

  it('takes the tools image that is given', () => {
    const own = terraform(environment({ toolsImage: { registry: 'registry.example.com', tag: '2.0.0' } }));
    expect(names(own, 'docker_image')).toContain('registry.example.com/kafkon/tools:2.0.0');
  });

  it('is one file', () => {
    expect([...terraformOf(environment()).keys()]).toEqual(['cdk.tf.json']);
  });
});

describe('the programs beside a cluster', () => {
  it('of the TDA platform bear its names and ports', () => {
    const config = terraform(committed('tda/development'));
    const published = ofType(config, 'docker_container').flatMap(([, block]) =>
      list(block, 'ports').map(({ external }) => `${block.name} ${external}`),
    );
    expect(published).toEqual(
      expect.arrayContaining([
        'tda_kafka_1 19092',
        'tda_kafka_3 19094',
        'tda_kafka_1 9101',
        'tda_kafka_3 9103',
        'tda_schema_registry 8081',
        'tda_kafka_connect 8083',
        'tda_kafka_ui 8080',
        'tda_ksqldb_server 8088',
      ]),
    );
    expect(names(config, 'docker_container')).toContain('tda_redis');
    expect(names(config, 'docker_network')).toEqual(['tda-kafka-network']);
  });

  it('of the learning platform include Prometheus and Grafana, with what they read', () => {
    const config = terraform(committed('adaptive-learning/development'));
    const prometheus = container(config, 'prometheus');
    expect(list(prometheus, 'ports')).toEqual([{ internal: 9090, external: 9090 }]);
    const scraped = JSON.parse(uploaded(prometheus, '/etc/kafkon/prometheus.yml')) as {
      scrape_configs: { static_configs: { targets: string[] }[] }[];
    };
    const targets = scraped.scrape_configs.flatMap(({ static_configs }) => static_configs.flatMap((each) => each.targets));
    expect(targets).toEqual(expect.arrayContaining(['kafka-1:7071', 'kafka-3:7071', 'zookeeper-1:7071', 'lag-exporter:8000']));
    expect(uploaded(prometheus, '/etc/kafkon/alert-rules.yml')).toContain('KafkaBrokerDown');
    const grafana = container(config, 'grafana');
    expect(list(grafana, 'ports')).toEqual([{ internal: 3000, external: 3000 }]);
    expect(uploaded(grafana, '/etc/kafkon/provisioning/datasources/prometheus.yaml')).toContain('http://prometheus:9090');
    expect(list(grafana, 'upload').filter(({ file }) => String(file).startsWith('/etc/kafkon/dashboards/')).length).toBeGreaterThan(3);
  });

  it('run once on a machine, whatever the number on Kubernetes', () => {
    const config = terraform(environment({}, { companions: { schemaRegistry: { replicas: 3 } } }));
    expect(names(config, 'docker_container').filter((name) => String(name).startsWith('schema-registry'))).toEqual(['schema-registry']);
  });
});
