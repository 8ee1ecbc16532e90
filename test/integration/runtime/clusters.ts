import { afterEach, expect, it } from '@jest/globals';
import type { Environment } from '../../../lib/model';
import { parseProperties } from '../../../lib/runtime';
import type { KafkaVersion } from '../../support/kafka/jars';
import { LocalCluster, THROW_AWAY } from '../../support/runtime/local-cluster';
import { roundTrip, scramSettings } from '../../support/runtime/secured-client';
import { inverse, substitutedKeys, substituteText } from '../../support/runtime/substitute';
import { temporaryFolders } from '../../support/temporary-folder';

/** A cluster that a suite starts. */
export interface Case {
  readonly title: string;
  readonly version: KafkaVersion;
  readonly environment: Environment;
}

/** What runs here is what was rendered: only the reviewed keys differ, and each by nothing but a replacement. */
function expectNothingElseDiffers(cluster: LocalCluster): void {
  for (const { rendered, content, replacements } of cluster.files) {
    expect(substituteText(content, inverse(replacements))).toBe(rendered.content);
    if (!/(server\.properties|zoo\.cfg)$/.test(rendered.path)) continue;
    const before = parseProperties(rendered.content);
    const after = parseProperties(content);
    expect(Object.keys(after)).toEqual(Object.keys(before));
    const changed = Object.keys(before).filter((key) => before[key] !== after[key]);
    expect(changed.filter((key) => !substitutedKeys.some((pattern) => pattern.test(key)))).toEqual([]);
  }
}

/** Registers the tests of clusters on which anybody may do anything. */
export function plainClusters(cases: readonly Case[]): void {
  const start = starter();
  it.each(cases)('$title starts, takes a record and gives it back', async ({ version, environment }) => {
    const cluster = await start(environment, version);
    const server = ['--bootstrap-server', cluster.bootstrap('CLIENT')];
    await cluster.tools.run('topics', [...server, '--create', '--topic', 'orders', '--partitions', '3']);
    const described = await cluster.tools.run('topics', [...server, '--describe', '--topic', 'orders']);
    expect(described).toMatch(/ReplicationFactor: 3\b.*min\.insync\.replicas=2/);
    expect(await roundTrip(cluster, 'orders')).toBe('first');
    for (const { name, component, volumes } of cluster.processes) {
      const disk = volumes.find((volume) => volume.name === 'logs');
      if (disk !== undefined) expect(await cluster.filesOf(name, disk.path)).toContain(component === 'kafka' ? 'server.log' : 'version-2');
    }
    expectStopped(environment, await cluster.stop());
  });
}

/** Registers the tests of clusters with SCRAM for clients, certificates among the nodes, and ACLs. */
export function securedClusters(cases: readonly Case[]): void {
  const start = starter();
  it.each(cases)('$title lets in who was granted it and nobody else', async ({ version, environment }) => {
    const cluster = await start(environment, version);
    const { tools } = cluster;
    const inside = ['--bootstrap-server', cluster.bootstrap(environment.interBrokerListener)];
    const outside = ['--bootstrap-server', cluster.bootstrap('CLIENT')];
    // The first credentials need no user: the convergence's certificate is a super user's.
    const admin = ['--command-config', await cluster.clientFile('admin', { 'security.protocol': 'SSL' }, 'convergence')];
    const createUser = (user: string) => {
      const credentials = `SCRAM-SHA-512=[iterations=4096,password=${user}-password]`;
      return tools.run('configs', [
        ...inside,
        ...admin,
        '--alter',
        '--add-config',
        credentials,
        '--entity-type',
        'users',
        '--entity-name',
        user,
      ]);
    };
    const grant = ['--add', '--allow-principal', 'User:alice', '--topic', 'orders', '--group', 'readers', '--operation', 'All'];
    await Promise.all([
      createUser('alice'),
      createUser('mallory'),
      tools.run('topics', [...inside, ...admin, '--create', '--topic', 'orders', '--partitions', '3']),
      tools.run('acls', [...inside, ...admin, ...grant]),
    ]);

    const client = (user: string, password: string) => cluster.clientFile(`${user}-${password}`, scramSettings(user, password));
    expect(await roundTrip(cluster, 'orders', await client('alice', 'alice-password'))).toBe('first');

    const mallory = await client('mallory', 'mallory-password');
    const impostor = await client('alice', 'wrong');
    const nobody = await cluster.clientFile('nobody', { 'security.protocol': 'SSL' });
    const refusals = await Promise.all([
      tools.attempt('consoleProducer', [...outside, '--topic', 'orders', '--producer.config', mallory], { input: 'x\n' }),
      tools.attempt('topics', [...outside, '--list', '--command-config', impostor]),
      tools.attempt('topics', [...inside, '--list', '--command-config', nobody]),
    ]);
    const [ungranted, wrong, unknown] = refusals.map(({ output, error }) => `${output}${error}`);
    expect(ungranted).toMatch(/Not authorized to access topics: \[orders\]|TopicAuthorizationException/);
    expect(wrong).toMatch(/SaslAuthenticationException/);
    expect(unknown).toMatch(/SslAuthenticationException/);
    expect(refusals.slice(1).map(({ code }) => code)).toEqual([1, 1]);

    expect(cluster.output()).toMatch(/Principal = User:mallory is Denied/);
    expect(await cluster.commandLines()).not.toContain(THROW_AWAY);
    expect(cluster.output()).not.toContain(THROW_AWAY);
    expect(cluster.files.filter(({ content }) => content.includes(THROW_AWAY))).toEqual([]);
    expectStopped(environment, await cluster.stop());
  });
}

/**
 * Each ended by the SIGTERM itself: 143 is Java's own code for it. Where the nodes are controllers too and stop all at once, one
 * that is behind finds no quorum to let it go and waits for it in vain, until it is killed.
 */
function expectStopped(environment: Environment, exits: readonly (number | null)[]): void {
  expect(exits).toContain(143);
  const combined = environment.nodes.some(({ broker, controller }) => broker && controller);
  expect(exits.filter((code) => code !== 143 && !(combined && code === null))).toEqual([]);
}

function starter(): (environment: Environment, version: KafkaVersion) => Promise<LocalCluster> {
  const temporaryFolder = temporaryFolders();
  const clusters: LocalCluster[] = [];
  afterEach(async () => {
    await Promise.all(clusters.splice(0).map((cluster) => cluster.stop()));
  });
  return async (environment, version) => {
    const cluster = await LocalCluster.prepare(environment, version, temporaryFolder('cluster'));
    clusters.push(cluster);
    expectNothingElseDiffers(cluster);
    await cluster.start();
    return cluster;
  };
}
