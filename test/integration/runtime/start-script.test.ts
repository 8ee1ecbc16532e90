import { execFile, execFileSync } from 'node:child_process';
import { chmodSync, existsSync, mkdirSync, readdirSync, readFileSync, symlinkSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { promisify } from 'node:util';
import { expect, it } from '@jest/globals';
import type { Environment } from '../../../lib/model';
import { processesOf } from '../../../lib/runtime';
import { describeWith } from '../../support/parts';
import { testAddressing } from '../../support/runtime/addressing';
import { brokerPool, CLUSTER_ID, environmentOf, securedListeners, zookeeperEnsemble } from '../../support/runtime/environment';
import { substituteText } from '../../support/runtime/substitute';
import { temporaryFolders } from '../../support/temporary-folder';

const run = promisify(execFile);

const secured = { listeners: [...securedListeners], interBrokerListener: 'CLIENT' };
const password = 'pass\\word';

const kraft = environmentOf({
  ...secured,
  kafka: { version: '4.3.1' },
  metadata: { mode: 'kraft', security: 'mtls', quorum: 'dynamic', directoryIds: { '1': 'directoryOfNode000001A' } },
  nodePools: [{ ...brokerPool, ids: [1, 2], roles: ['broker', 'controller'] }],
});

const zookeeper = environmentOf({
  ...secured,
  kafka: { version: '3.5.2' },
  metadata: { mode: 'zookeeper', security: 'mtls', ensemble: zookeeperEnsemble },
  nodePools: [brokerPool],
});

const busybox = () => execFileSync('sh', ['-c', 'command -v busybox'], { encoding: 'utf8' }).trim();

describeWith(['busybox'], 'the start scripts, with nothing but busybox', () => {
  const temporaryFolder = temporaryFolders();

  /** A node's files, programs that only tell how they were called, and a PATH with busybox alone. */
  function place(environment: Environment, name: string, programs: Readonly<Record<string, string>>) {
    const root = temporaryFolder('start');
    const inside = (path: string) => join(root, path);
    const process = processesOf(environment, testAddressing).find((each) => each.name === name);
    const moved = new Map(['/etc/kafkon', '/opt/kafka', '/var/lib', '/tmp/'].map((path) => [path, `${root}${path}`]));
    const write = (path: string, content: string) => {
      mkdirSync(dirname(inside(path)), { recursive: true });
      writeFileSync(inside(path), content);
      chmodSync(inside(path), 0o755);
    };
    for (const file of process?.files ?? []) write(file.path, substituteText(file.content, moved));
    for (const { path, source } of process?.secretFiles ?? []) if (source.kind === 'certificate') write(path, 'a store');
    for (const secret of ['keystore-password', 'broker-password']) write(`/etc/kafkon-secrets/passwords/${secret}`, password);
    for (const [program, body] of Object.entries(programs)) write(`/opt/kafka/bin/${program}`, `#!/bin/sh\n${body}\n`);
    mkdirSync(inside('/tmp'), { recursive: true });
    mkdirSync(inside('/bin'));
    for (const applet of ['sh', 'mkdir', 'mktemp', 'cat', 'sed', 'rm', 'stat']) symlinkSync(busybox(), inside(`/bin/${applet}`));
    const start = () =>
      run(inside('/bin/sh'), [inside('/etc/kafkon/start.sh')], {
        env: { PATH: inside('/bin'), KAFKA_OPTS: '-javaagent', KAFKA_JVM_PERFORMANCE_OPTS: '-server', ROOT: root },
      });
    return { root, inside, start };
  }

  const storage = `file=$(echo "$1" | sed s/@//); cat "$file" >"$ROOT/formatted"; stat -c %a "$file" >"$ROOT/mode"; echo "[$KAFKA_OPTS][$KAFKA_JVM_PERFORMANCE_OPTS]" >"$ROOT/options"; echo cluster.id=${CLUSTER_ID} >"$ROOT/var/lib/kafka/data/log/meta.properties"`;
  const server = 'echo "started $* [$KAFKA_OPTS]"';
  const javaOptions = 'echo "[$KAFKA_JVM_PERFORMANCE_OPTS]"';

  it.each([
    ['kafka-1', '--initial-controllers\n1@kafka-1.test:9093:directoryOfNode000001A'],
    ['kafka-2', '--no-initial-controllers'],
  ])('format once, from a file that nobody else reads, and then become Kafka: %s', async (name, controllers) => {
    const { inside, start } = place(kraft, name, { 'kafka-storage.sh': storage, 'kafka-server-start.sh': server });
    expect((await start()).stdout).toBe(`started ${inside('/etc/kafkon/server.properties')} [-javaagent]\n`);
    const formatted = readFileSync(inside('formatted'), 'utf8');
    expect(formatted).toContain(`\n${controllers}\n`);
    expect(formatted).toContain(`--add-scram\nSCRAM-SHA-512=[name=test-broker,iterations=4096,password=${password}]\n`);
    expect(readFileSync(inside('mode'), 'utf8')).toBe('600\n');
    expect(readFileSync(inside('options'), 'utf8')).toBe('[][-XX:+UseSerialGC -XX:TieredStopAtLevel=1]\n');
    expect(readdirSync(inside('tmp'))).toEqual([]);

    writeFileSync(inside('formatted'), '');
    expect((await start()).stdout).toMatch(/^started/);
    expect(readFileSync(inside('formatted'), 'utf8')).toBe('');
  });

  it('do not start Kafka on the data of another cluster, and say of which', async () => {
    const { inside, start } = place(kraft, 'kafka-1', { 'kafka-storage.sh': storage, 'kafka-server-start.sh': server });
    const log = inside('/var/lib/kafka/data/log');
    mkdirSync(log, { recursive: true });
    writeFileSync(join(log, 'meta.properties'), 'version=1\ncluster.id=AAAAAAAAAAAAAAAAAAAAAA\n');
    await expect(start()).rejects.toMatchObject({
      code: 1,
      stdout: '',
      stderr: `${log} holds data of the cluster AAAAAAAAAAAAAAAAAAAAAA, and this node is one of ${CLUSTER_ID}\n`,
    });
  });

  it('map the classes that the image brings, where it brings some', async () => {
    const { inside, start } = place(kraft, 'kafka-1', { 'kafka-storage.sh': storage, 'kafka-server-start.sh': javaOptions });
    expect((await start()).stdout).toBe('[-server]\n');
    const archive = inside('/opt/kafka/kafka.jsa');
    writeFileSync(archive, 'classes');
    expect((await start()).stdout).toBe(`[-server -XX:SharedArchiveFile=${archive}]\n`);
  });

  it('do not start Kafka without a secret, and say which', async () => {
    const { inside, start } = place(kraft, 'kafka-1', { 'kafka-storage.sh': storage, 'kafka-server-start.sh': server });
    writeFileSync(inside('/etc/kafkon-secrets/passwords/broker-password'), '');
    await expect(start()).rejects.toMatchObject({
      code: 1,
      stdout: '',
      stderr: `the secret broker-password is missing or empty: ${inside('/etc/kafkon-secrets/passwords/broker-password')}\n`,
    });
    expect(existsSync(inside('formatted'))).toBe(false);
  });

  it('do not start Kafka on a full disk, and say which', async () => {
    const { inside, start } = place(kraft, 'kafka-1', { 'kafka-storage.sh': storage, 'kafka-server-start.sh': server });
    mkdirSync(inside('/var/lib/kafka/data/log'), { recursive: true });
    symlinkSync('/dev/full', inside('/var/lib/kafka/data/log/.kafkon-space'));
    await expect(start()).rejects.toMatchObject({
      code: 1,
      stdout: '',
      stderr: expect.stringMatching(/^nothing can be written to .*\/var\/lib\/kafka\/data\/log: no space is left\n$/i),
    });
  });

  it('do not start Kafka when formatting fails, and leave no secret behind', async () => {
    const { inside, start } = place(kraft, 'kafka-1', { 'kafka-storage.sh': 'exit 3', 'kafka-server-start.sh': server });
    await expect(start()).rejects.toMatchObject({ code: 3, stdout: '' });
    expect(readdirSync(inside('tmp'))).toEqual([]);
  });

  const configs = (known: string) =>
    `case $* in *--describe*) echo "${known}" ;; *) for last; do :; done; cat "$last" >"$ROOT/created" ;; esac`;

  it('make the brokers’ user where ZooKeeper has none', async () => {
    const { inside, start } = place(zookeeper, 'kafka-1', { 'kafka-configs.sh': configs(''), 'kafka-server-start.sh': server });
    expect((await start()).stdout).toMatch(/^started/);
    // A properties file wants its backslashes doubled.
    expect(readFileSync(inside('created'), 'utf8')).toBe('SCRAM-SHA-512=iterations=4096,password=pass\\\\word\n');
    expect(readdirSync(inside('tmp'))).toEqual([]);
  });

  it('leave the brokers’ user alone where ZooKeeper has it, and fail where ZooKeeper cannot be asked', async () => {
    const known = configs("Configs for user-principal 'test-broker' are SCRAM-SHA-512=salt=x");
    const there = place(zookeeper, 'kafka-1', { 'kafka-configs.sh': known, 'kafka-server-start.sh': server });
    await there.start();
    expect(existsSync(there.inside('created'))).toBe(false);
    const away = place(zookeeper, 'kafka-1', { 'kafka-configs.sh': 'exit 7', 'kafka-server-start.sh': server });
    await expect(away.start()).rejects.toMatchObject({ code: 7, stdout: '' });
    expect(readdirSync(away.inside('tmp'))).toEqual([]);
  });

  it('give an older ZooKeeper its passwords in a file of its own', async () => {
    const { start } = place(zookeeper, 'zookeeper-2', { 'zookeeper-server-start.sh': 'stat -c %a "$1"; cat "$1"' });
    const { stdout } = await start();
    expect(stdout).toMatch(/^600\n/);
    expect(stdout).toContain('server.2=0.0.0.0:2888:3888\n');
    expect(stdout).toContain('ssl.quorum.trustStore.password=pass\\\\word\n');
  });

  it('refuse the data of another server', async () => {
    const { inside, start } = place(zookeeper, 'zookeeper-2', { 'zookeeper-server-start.sh': 'echo started' });
    expect((await start()).stdout).toBe('started\n');
    expect(readFileSync(inside('/var/lib/zookeeper/data/myid'), 'utf8')).toBe('2\n');
    expect((await start()).stdout).toBe('started\n');
    writeFileSync(inside('/var/lib/zookeeper/data/myid'), '3\n');
    await expect(start()).rejects.toMatchObject({ code: 1, stderr: expect.stringContaining('belongs to server 3, this is server 2') });
  });
});
