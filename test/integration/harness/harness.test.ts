import { join } from 'node:path';
import { afterEach, beforeAll, expect, it } from '@jest/globals';
import { CertificateAuthority } from '../../support/kafka/certificates';
import { combinedNode } from '../../support/kafka/combined-node';
import { kafkaJars } from '../../support/kafka/jars';
import { JavaProcess } from '../../support/kafka/java-process';
import { KAFKA_STARTED, startKafka, startZookeeper, ZOOKEEPER_SERVES } from '../../support/kafka/kafka-process';
import { freePorts } from '../../support/kafka/ports';
import { propertiesFile } from '../../support/kafka/properties-file';
import { KafkaTools } from '../../support/kafka/tools';
import { describeWith } from '../../support/parts';
import { temporaryFolders } from '../../support/temporary-folder';

function isRunning(pid: number | undefined): boolean {
  try {
    return pid !== undefined && process.kill(pid, 0);
  } catch {
    return false;
  }
}

describeWith(['maven', 'java', 'kafka-3.9.2', 'kafka-4.3.1'], 'the process harness', () => {
  const temporaryFolder = temporaryFolders();
  const started: JavaProcess[] = [];
  const run = (process: JavaProcess): JavaProcess => {
    started.push(process);
    return process;
  };

  beforeAll(async () => {
    await kafkaJars('3.9.2');
    await kafkaJars('4.3.1');
  });

  afterEach(async () => {
    await Promise.all(started.splice(0).map((process) => process.stop()));
  });

  it('runs a ZooKeeper and a broker of Kafka 3.9, makes a topic there, and leaves nothing running', async () => {
    const folder = temporaryFolder('zookeeper-mode');
    const [client = 0, broker = 0] = await freePorts(2);
    const zooCfg = propertiesFile(folder, 'zoo.cfg', {
      dataDir: join(folder, 'zookeeper'),
      clientPort: client,
      clientPortAddress: '127.0.0.1',
      'admin.enableServer': 'false',
    });
    const serverProperties = propertiesFile(folder, 'server.properties', {
      'broker.id': 0,
      'zookeeper.connect': `127.0.0.1:${client}`,
      listeners: `PLAINTEXT://127.0.0.1:${broker}`,
      'log.dirs': join(folder, 'data'),
    });
    const zookeeper = run(await startZookeeper({ version: '3.9.2', folder, file: zooCfg }));
    await zookeeper.waitForOutput(ZOOKEEPER_SERVES);
    const kafka = run(await startKafka({ version: '3.9.2', folder, file: serverProperties }));
    await kafka.waitForOutput(KAFKA_STARTED);

    const tools = new KafkaTools('3.9.2', folder);
    const server = ['--bootstrap-server', `127.0.0.1:${broker}`];
    await tools.run('topics', [...server, '--create', '--topic', 'orders', '--partitions', '2', '--replication-factor', '1']);
    expect((await tools.run('topics', [...server, '--list'])).trim()).toBe('orders');

    // A broker that was asked to stop ends with 143, SIGTERM's own code: Kafka has shut down in its hook by then.
    expect(await kafka.stop()).toEqual({ code: 143, signal: null });
    await zookeeper.stop();
    expect([kafka, zookeeper].map(({ pid }) => isRunning(pid))).toEqual([false, false]);
  });

  it('runs a KRaft node of Kafka 4.3, writes and reads a record there, and leaves nothing running', async () => {
    const folder = temporaryFolder('kraft-mode');
    const [controller = 0, broker = 0] = await freePorts(2);
    const tools = new KafkaTools('4.3.1', folder);
    const kafka = run(await startKafka({ version: '4.3.1', folder, file: await combinedNode(folder, { broker, controller }) }));
    await kafka.waitForOutput(KAFKA_STARTED);

    const server = ['--bootstrap-server', `127.0.0.1:${broker}`];
    await tools.run('topics', [...server, '--create', '--topic', 'orders', '--partitions', '1']);
    await tools.run('consoleProducer', [...server, '--topic', 'orders'], { input: 'first\n' });
    const read = await tools.run('consoleConsumer', [...server, '--topic', 'orders', '--from-beginning', '--max-messages', '1']);
    expect(read.trim()).toBe('first');

    await kafka.stop();
    expect(isRunning(kafka.pid)).toBe(false);
  });

  it('tells what a process wrote when it ends before it is of use', async () => {
    const folder = temporaryFolder('broken');
    const kafka = run(await startKafka({ version: '4.3.1', folder, file: propertiesFile(folder, 'server.properties', { 'node.id': 1 }) }));
    await expect(kafka.waitForOutput(KAFKA_STARTED)).rejects.toThrow(/the process has ended.*process\.roles/s);
    expect(kafka.exit).toMatchObject({ code: 1 });
  });

  it('maps the classes of a release, and keeps what the JVM says of it out of the output', async () => {
    const tools = new KafkaTools('4.3.1', temporaryFolder('classes'));
    const { output } = await tools.attempt('topics', ['--version'], { jvmArgs: ['-Xlog:class+load=info:stdout'] });
    expect(output).toMatch(/kafka\.\S+ source: shared objects file \(top\)/);
    expect((await tools.run('topics', ['--version'])).trim()).toBe('4.3.1');
    const other = await tools.attempt('topics', ['--version'], { jvmArgs: ['-XX:SharedArchiveFile=absent.jsa'] });
    expect([other.code, other.output.trim()]).toEqual([0, '4.3.1']);
  });

  it('fails with what a command wrote', async () => {
    const tools = new KafkaTools('3.9.2', temporaryFolder('command'));
    await expect(tools.run('topics', ['--list'])).rejects.toThrow(/ended with code 1:.*bootstrap-server/s);
  });
});

describeWith(['java', 'openssl'], 'the certificates', () => {
  const temporaryFolder = temporaryFolders();

  it('are signed by the authority for the names given, in stores that Java opens', async () => {
    const folder = temporaryFolder('certificates');
    const authority = await CertificateAuthority.create(join(folder, 'ca'), 'throw-away');
    const node = join(folder, 'kafka-0');
    await authority.issue(node, { commonName: 'kafka-broker', dnsNames: ['kafka-0.kafka'], addresses: ['127.0.0.1'] });

    const words = await authority.describe(node);
    expect(words).toContain('CN = kafka-broker');
    expect(words).toContain('DNS:kafka-0.kafka, IP Address:127.0.0.1');
    const keytool = (store: string) =>
      JavaProcess.start({
        name: store,
        folder,
        classpath: ['.'],
        main: 'sun.security.tools.keytool.Main',
        args: ['-list', '-keystore', join(node, store), '-storepass', 'throw-away'],
      });
    const stores = ['keystore.p12', 'truststore.p12'].map(keytool);
    await Promise.all(stores.map((each) => each.waitForExit()));
    expect(stores.map((each) => /(PrivateKeyEntry|trustedCertEntry)/.exec(each.output())?.[0])).toEqual([
      'PrivateKeyEntry',
      'trustedCertEntry',
    ]);
  });
});
