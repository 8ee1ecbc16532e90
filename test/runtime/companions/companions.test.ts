import { describe, expect, it } from '@jest/globals';
import type { EnvironmentInput } from '../../../lib/model';
import { companionProcesses, type Process, parseProperties } from '../../../lib/runtime';
import { testAddressing } from '../../support/runtime/addressing';
import { brokerPool, environmentOf, plainListeners, securedListeners, zookeeperEnsemble } from '../../support/runtime/environment';

const all: EnvironmentInput['companions'] = {
  schemaRegistry: {},
  connect: { config: { 'offset.flush.interval.ms': 5000, 'group.id': 'not-this' } },
  kafkaUi: {},
  ksqldb: {},
  restProxy: {},
  redis: {},
  prometheus: { retentionDays: 7 },
  grafana: {},
  lagExporter: {},
  mirrorMaker: {
    remote: { alias: 'far', bootstrapServers: ['far.example.com:9093'], security: 'scram', user: 'copier', secret: 'far-password' },
  },
};

function environment(listeners: EnvironmentInput['listeners'], kafka: EnvironmentInput['kafka'] = { version: '3.9.2' }) {
  return environmentOf({
    kafka,
    metadata: { mode: 'zookeeper', ensemble: zookeeperEnsemble },
    nodePools: [brokerPool],
    listeners,
    companions: all,
    serviceAccounts: { connect: { secret: 'connect-secret' } },
  });
}

const open = companionProcesses(environment([...plainListeners]), testAddressing);
const scram = companionProcesses(environment([...securedListeners]), testAddressing);
const mtls = companionProcesses(environment([{ name: 'CLIENT', port: 9092, security: 'mtls' }]), testAddressing);

function named(processes: readonly Process[], name: string): Process {
  const found = processes.find((process) => process.name === name);
  if (found === undefined) throw new Error(`there is no ${name}`);
  return found;
}

const contentOf = (process: Process, file: string) => process.files.find(({ path }) => path === `/etc/kafkon/${file}`)?.content ?? '';
const settingsOf = (process: Process, file: string) => parseProperties(contentOf(process, file));
const brokers = 'kafka-1.test:9092,kafka-2.test:9092,kafka-3.test:9092';
const reference = (secret: string) => `\${directory:/etc/kafkon-secrets/passwords:${secret}}`;

describe('companions', () => {
  it('are there when declared, and none else', () => {
    expect(open.map(({ name }) => name).sort()).toEqual([
      'connect',
      'grafana',
      'kafka-ui',
      'ksqldb',
      'lag-exporter',
      'mirror-maker',
      'prometheus',
      'redis',
      'rest-proxy',
      'schema-registry',
    ]);
    expect(companionProcesses({ ...environment([...plainListeners]), companions: {} }, testAddressing)).toEqual([]);
  });

  it('run as a numeric user that is not root, in an image with a tag', () => {
    for (const { user, image } of open) {
      expect(user).toBeGreaterThan(0);
      expect(image.tag).toMatch(/^v?\d+\.\d+\.\d+$/);
    }
  });

  it('hold no secret on an open cluster but those they were given', () => {
    const secrets = open.flatMap(({ secretFiles }) => secretFiles.map(({ path }) => path));
    expect(secrets).toEqual(['/etc/kafkon-secrets/passwords/grafana-admin-password', '/etc/kafkon-secrets/passwords/far-password']);
  });

  it('are the account of their own name where the listener asks for SCRAM', () => {
    const connect = named(scram, 'connect');
    expect(settingsOf(connect, 'connect.properties')).toMatchObject({
      'security.protocol': 'SASL_SSL',
      'sasl.mechanism': 'SCRAM-SHA-512',
      'sasl.jaas.config': `org.apache.kafka.common.security.scram.ScramLoginModule required username="connect" password="${reference('connect-secret')}";`,
      'producer.sasl.mechanism': 'SCRAM-SHA-512',
      'config.providers': 'directory',
    });
    expect(connect.secretFiles.map(({ path }) => path)).toContain('/etc/kafkon-secrets/passwords/connect-secret');
    expect(connect.secretFiles.map(({ path }) => path)).not.toContain('/etc/kafkon-secrets/client/keystore.p12');
  });

  it('show the client certificate where the listener asks for one', () => {
    const registry = named(mtls, 'schema-registry');
    expect(settingsOf(registry, 'schema-registry.properties')).toMatchObject({
      'kafkastore.bootstrap.servers': 'SSL://kafka-1.test:9092,SSL://kafka-2.test:9092,SSL://kafka-3.test:9092',
      'kafkastore.security.protocol': 'SSL',
      'kafkastore.ssl.keystore.location': '/etc/kafkon-secrets/client/keystore.p12',
    });
    expect(registry.secretFiles).toContainEqual({
      path: '/etc/kafkon-secrets/client/keystore.p12',
      source: { kind: 'certificate', owner: 'client', item: 'keystore.p12' },
    });
  });
});

describe("Confluent's programs", () => {
  it('come in the release of the environment, or in 7.6', () => {
    const [registry] = companionProcesses(
      environment([...plainListeners], { distribution: 'confluent', version: '7.5.0' }),
      testAddressing,
    );
    expect(registry?.image).toMatchObject({ repository: 'confluentinc/cp-schema-registry', tag: '7.5.0' });
    expect(named(open, 'rest-proxy').image).toMatchObject({ repository: 'confluentinc/cp-kafka-rest', tag: '7.6.0' });
  });

  it('take the settings of the environment over the defaults and under what follows from the rest', () => {
    expect(settingsOf(named(open, 'connect'), 'connect.properties')).toMatchObject({
      'offset.flush.interval.ms': '5000',
      'group.id': 'connect-cluster',
      'config.storage.topic': 'connect-configs',
      'value.converter.schema.registry.url': 'http://schema-registry.test:8081',
      'bootstrap.servers': brokers,
    });
    expect(named(open, 'connect').command).toEqual(['/usr/bin/connect-distributed', '/etc/kafkon/connect.properties']);
  });

  it('know their neighbours', () => {
    expect(settingsOf(named(open, 'ksqldb'), 'ksqldb.properties')).toMatchObject({
      'ksql.schema.registry.url': 'http://schema-registry.test:8081',
      'ksql.connect.url': 'http://connect.test:8083',
      listeners: 'http://0.0.0.0:8088',
    });
    expect(settingsOf(named(open, 'rest-proxy'), 'kafka-rest.properties')['schema.registry.url']).toBe('http://schema-registry.test:8081');
  });
});

describe('Kafka UI', () => {
  it('reads its passwords from the environment, for Spring would take a reference for its own', () => {
    const ui = named(scram, 'kafka-ui');
    const { properties } = JSON.parse(contentOf(ui, 'kafka-ui.yaml')).kafka.clusters[0];
    expect(properties['sasl.jaas.config']).toMatch(/username="kafka-ui" password="\$\{KAFKA_PASSWORD\}";$/);
    expect(properties['ssl.truststore.password']).toBe(`\${STORE_PASSWORD}`);
    expect(ui.secretEnv).toEqual({ KAFKA_PASSWORD: 'kafka-ui-password', STORE_PASSWORD: 'keystore-password' });
    expect(contentOf(ui, 'kafka-ui.yaml')).not.toContain('directory:');
  });
});

describe('the lag exporter', () => {
  it('logs in with both of its clients, with passwords from its environment', () => {
    const exporter = named(scram, 'lag-exporter');
    const conf = contentOf(exporter, 'lag-exporter.conf');
    expect(conf.match(/ {8}security\.protocol = "SASL_SSL"\n/g)).toHaveLength(2);
    expect(conf).toContain('username=\\"lag-exporter\\" password=\\""' + '$' + '{KAFKA_PASSWORD}"\\";"\n');
    expect(conf).toContain('ssl.truststore.password = ""' + '$' + '{STORE_PASSWORD}""\n');
    expect(exporter.secretEnv).toEqual({ KAFKA_PASSWORD: 'lag-exporter-password', STORE_PASSWORD: 'keystore-password' });
    expect(contentOf(named(open, 'lag-exporter'), 'lag-exporter.conf')).toContain(`bootstrap-brokers = "${brokers}"`);
  });

  it('has no setting whose key is the beginning of another, which its format cannot hold', () => {
    const keys = [...contentOf(named(scram, 'lag-exporter'), 'lag-exporter.conf').matchAll(/^ {8}(\S+) =/gm)].map(([, key = '']) => key);
    expect(keys.length).toBeGreaterThan(4);
    expect(keys.filter((key) => keys.some((other) => other.startsWith(`${key}.`)))).toEqual([]);
  });
});

describe('Prometheus', () => {
  const prometheus = named(open, 'prometheus');
  const config = JSON.parse(contentOf(prometheus, 'prometheus.yml'));

  it('scrapes every node, server and the lag exporter under the labels that rules and panels name', () => {
    const targets = config.scrape_configs[0].static_configs;
    expect(targets).toHaveLength(7);
    expect(targets[0]).toEqual({
      targets: ['kafka-1.test:7071'],
      labels: { kafka_cluster: 'test', kafka_component: 'broker', instance: 'kafka-1' },
    });
  });

  it('reads the alert rules that lie beside its settings, and keeps its data on a volume', () => {
    expect(config.rule_files).toEqual(['/etc/kafkon/alert-rules.yml']);
    expect(JSON.parse(contentOf(prometheus, 'alert-rules.yml')).groups.length).toBeGreaterThan(0);
    expect(prometheus.command).toContain('--storage.tsdb.retention.time=7d');
    expect(prometheus.volumes.map(({ path }) => path)).toEqual(['/prometheus']);
  });
});

describe('Grafana', () => {
  it('has its data source, its dashboards and a password from a file', () => {
    const grafana = named(open, 'grafana');
    const source = JSON.parse(contentOf(grafana, 'provisioning/datasources/prometheus.yaml')).datasources[0];
    expect(source.url).toBe('http://prometheus.test:9090');
    expect(grafana.files.filter(({ path }) => path.startsWith('/etc/kafkon/dashboards/')).length).toBeGreaterThan(3);
    expect(grafana.env.GF_SECURITY_ADMIN_PASSWORD).toBe('$__file{/etc/kafkon-secrets/passwords/grafana-admin-password}');
  });
});

describe('MirrorMaker', () => {
  it('copies to the remote cluster only, and logs in there with a reference', () => {
    const mirror = named(open, 'mirror-maker');
    expect(settingsOf(mirror, 'mirror-maker.properties')).toMatchObject({
      clusters: 'test,far',
      'test.bootstrap.servers': brokers,
      'far.bootstrap.servers': 'far.example.com:9093',
      'test->far.enabled': 'true',
      'far->test.enabled': 'false',
      'far.sasl.jaas.config': expect.stringContaining(`username="copier" password="${reference('far-password')}"`),
    });
    expect(mirror.image.repository).toBe('apache/kafka');
    expect(mirror.command).toEqual(['/opt/kafka/bin/connect-mirror-maker.sh', '/etc/kafkon/mirror-maker.properties']);
  });
});

describe('Redis', () => {
  it('keeps three quarters of its memory and writes nothing', () => {
    const redis = named(open, 'redis');
    expect(contentOf(redis, 'redis.conf')).toContain(`maxmemory ${(256 * 2 ** 20 * 3) / 4}\n`);
    expect(redis.volumes).toEqual([]);
    expect(redis.ports).toEqual([{ name: 'redis', port: 6379 }]);
  });
});
