import { execFileSync } from 'node:child_process';
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { join } from 'node:path';
import { afterEach, beforeAll, expect, it } from '@jest/globals';
import type { KafkaVersion } from '../../support/kafka/jars';
import type { JavaProcess } from '../../support/kafka/java-process';
import { startKafka, startZookeeper } from '../../support/kafka/kafka-process';
import { freePorts } from '../../support/kafka/ports';
import { propertiesFile } from '../../support/kafka/properties-file';
import { KafkaTools } from '../../support/kafka/tools';
import { describeWith } from '../../support/parts';
import { temporaryFolders } from '../../support/temporary-folder';

const CLUSTER_ID = '4L6g3nShT-eMCtK--X86sw';

interface Answer {
  readonly status: number | 'closed';
  readonly text: string;
}

async function get(port: number, path: string, method = 'GET'): Promise<Answer> {
  try {
    const response = await fetch(`http://127.0.0.1:${port}${path}`, { method });
    return { status: response.status, text: (await response.text()).trim() };
  } catch {
    return { status: 'closed', text: '' };
  }
}

describeWith(['maven', 'java', 'kafka-3.9.2', 'kafka-4.3.1'], 'the readiness agent', () => {
  const temporaryFolder = temporaryFolders();
  const started: JavaProcess[] = [];
  let agent = '';

  beforeAll(() => {
    agent = join(temporaryFolder('agent'), 'kafkon-readiness-agent.jar');
    execFileSync(join(__dirname, '../../../images/tools/readiness-agent/build.sh'), [agent], { stdio: 'pipe' });
  });

  afterEach(async () => {
    await Promise.all(started.splice(0).map((process) => process.stop()));
  });

  async function kafka(version: KafkaVersion, folder: string, file: string, argument: string, name = 'kafka'): Promise<JavaProcess> {
    const process = await startKafka({ version, folder, file, name, jvmArgs: [`-javaagent:${agent}=${argument}`] });
    started.push(process);
    return process;
  }

  async function kraftNode(version: KafkaVersion, folder: string, settings: Readonly<Record<string, string | number>>): Promise<string> {
    const file = propertiesFile(folder, 'server.properties', {
      'controller.listener.names': 'CONTROLLER',
      'log.dirs': join(folder, 'data'),
      'offsets.topic.replication.factor': 1,
      ...settings,
    });
    await new KafkaTools(version, folder).run('storage', ['format', '--cluster-id', CLUSTER_ID, '--config', file]);
    return file;
  }

  const becomesReady = (process: JavaProcess, port: number): Promise<Answer> =>
    process.waitUntil('the agent answers ready', async () => {
      const answer = await get(port, '/ready');
      return answer.status === 200 && answer;
    });

  const isUnready = (process: JavaProcess, port: number): Promise<Answer> =>
    process.waitUntil('the agent answers with a reason', async () => {
      const answer = await get(port, '/ready');
      return answer.status !== 'closed' && answer;
    });

  /** All answers from the signal to the end of the process. */
  async function answersWhileStopping(process: JavaProcess, port: number): Promise<readonly Answer[]> {
    const answers: Answer[] = [];
    process.terminate();
    await process.waitUntil(
      'the agent has closed',
      async () => {
        const answer = await get(port, '/ready');
        answers.push(answer);
        return answer.status === 'closed';
      },
      { everyMs: 5 },
    );
    return answers;
  }

  it('holds a broker back until it is registered in ZooKeeper, and again from SIGTERM on', async () => {
    const folder = temporaryFolder('zookeeper-mode');
    const [client = 0, listener = 0, probe = 0] = await freePorts(3);
    const zooCfg = propertiesFile(folder, 'zoo.cfg', {
      dataDir: join(folder, 'zookeeper'),
      clientPort: client,
      'admin.enableServer': false,
    });
    const serverProperties = propertiesFile(folder, 'server.properties', {
      'broker.id': 0,
      'zookeeper.connect': `127.0.0.1:${client}`,
      'zookeeper.connection.timeout.ms': 60_000,
      listeners: `PLAINTEXT://127.0.0.1:${listener}`,
      'log.dirs': join(folder, 'data'),
    });
    const broker = await kafka('3.9.2', folder, serverProperties, `port=${probe},role=broker`);
    await broker.waitForOutput(/Waiting until connected/);
    expect(await get(probe, '/ready')).toEqual({ status: 503, text: 'the broker is starting' });
    expect(await get(probe, '/why')).toEqual({ status: 200, text: 'the broker is starting' });
    expect(await get(probe, '/live')).toEqual({ status: 200, text: 'live' });

    started.push(await startZookeeper({ version: '3.9.2', folder, file: zooCfg }));
    expect(await becomesReady(broker, probe)).toEqual({ status: 200, text: 'ready' });

    const answers = await answersWhileStopping(broker, probe);
    const statuses = answers.map(({ status }) => status);
    const firstUnready = statuses.findIndex((status) => status !== 200);
    expect(statuses.slice(firstUnready)).not.toContain(200);
    expect(statuses).toContain(503);
  });

  it('holds a KRaft broker back until its controller is there, and a controller until it has a place in the quorum', async () => {
    const folder = temporaryFolder('kraft-separate');
    const [quorum = 0, listener = 0, controllerProbe = 0, brokerProbe = 0] = await freePorts(4);
    const voters = { 'controller.quorum.voters': `1@127.0.0.1:${quorum}` };
    const [controllerFile, brokerFile] = await Promise.all([
      kraftNode('4.3.1', join(folder, '1'), {
        ...voters,
        'process.roles': 'controller',
        'node.id': 1,
        listeners: `CONTROLLER://127.0.0.1:${quorum}`,
      }),
      kraftNode('4.3.1', join(folder, '2'), {
        ...voters,
        'process.roles': 'broker',
        'node.id': 2,
        listeners: `PLAINTEXT://127.0.0.1:${listener}`,
      }),
    ]);
    const broker = await kafka('4.3.1', join(folder, '2'), brokerFile, `port=${brokerProbe},role=broker`);
    expect((await isUnready(broker, brokerProbe)).status).toBe(503);
    await broker.waitForOutput(/Transition from SHUTDOWN to STARTING|RaftManager/);
    expect(await get(brokerProbe, '/ready')).toMatchObject({ status: 503, text: expect.stringMatching(/^the broker/) });

    const controller = await kafka('4.3.1', join(folder, '1'), controllerFile, `port=${controllerProbe},role=controller`);
    expect(await isUnready(controller, controllerProbe)).toMatchObject({ status: 503, text: expect.stringMatching(/^the controller /) });
    await becomesReady(controller, controllerProbe);
    await becomesReady(broker, brokerProbe);

    expect((await answersWhileStopping(broker, brokerProbe)).at(-1)?.status).toBe('closed');
    expect((await answersWhileStopping(controller, controllerProbe)).at(-1)?.status).toBe('closed');
  });

  it.each(['3.9.2', '4.3.1'] as const)('asks both of a combined node of Kafka %s, and exposes nothing else', async (version) => {
    const folder = temporaryFolder('kraft-combined');
    const [quorum = 0, listener = 0, probe = 0] = await freePorts(3);
    const file = await kraftNode(version, folder, {
      'controller.quorum.voters': `1@127.0.0.1:${quorum}`,
      'process.roles': 'broker,controller',
      'node.id': 1,
      listeners: `PLAINTEXT://127.0.0.1:${listener},CONTROLLER://127.0.0.1:${quorum}`,
    });
    const node = await kafka(version, folder, file, `port=${probe},role=combined`);
    expect(await isUnready(node, probe)).toMatchObject({ status: 503, text: expect.stringMatching(/^the (controller|broker) /) });
    await becomesReady(node, probe);
    expect(await get(probe, '/metrics')).toMatchObject({ status: 404 });
    expect(await get(probe, '/ready/more')).toMatchObject({ status: 404 });
    expect(await get(probe, '/ready', 'POST')).toMatchObject({ status: 405 });
  });

  it('holds a controller back that has lost its quorum', async () => {
    const folder = temporaryFolder('no-quorum');
    const [own = 0, second = 0, third = 0, probe = 0] = await freePorts(4);
    const file = await kraftNode('4.3.1', folder, {
      'controller.quorum.voters': `1@127.0.0.1:${own},2@127.0.0.1:${second},3@127.0.0.1:${third}`,
      'process.roles': 'controller',
      'node.id': 1,
      listeners: `CONTROLLER://127.0.0.1:${own}`,
    });
    const controller = await kafka('4.3.1', folder, file, `port=${probe},role=controller`);
    const answer = await controller.waitUntil('the controller looks for its quorum', async () => {
      const now = await get(probe, '/ready');
      return /in its quorum$/.test(now.text) && now;
    });
    expect(answer).toMatchObject({ status: 503, text: expect.stringMatching(/^the controller is \w+ in its quorum$/) });
  });

  it('lets a JVM end whose own main has ended', async () => {
    const [probe = 0] = await freePorts(1);
    const folder = temporaryFolder('ends');
    const node = await kafka('4.3.1', folder, propertiesFile(folder, 'server.properties', { 'node.id': 1 }), `port=${probe},role=broker`);
    expect(await node.waitForExit()).toEqual({ code: 1, signal: null });
  });

  it('fails the start of the JVM with the reason when its port is taken', async () => {
    const occupant = createServer();
    await new Promise<void>((resolve) => occupant.listen(0, '0.0.0.0', resolve));
    const { port } = occupant.address() as AddressInfo;
    const folder = temporaryFolder('taken');
    const node = await kafka('4.3.1', folder, 'none.properties', `port=${port},role=broker`);
    expect(await node.waitForExit()).toEqual({ code: 1, signal: null });
    expect(node.output().trim()).toBe(`kafkon readiness agent: cannot listen on port ${port}: Address already in use`);
    await new Promise((resolve) => occupant.close(resolve));
  });

  it.each([
    ['port=8078', 'role "" is not broker, controller or combined'],
    ['port=80780,role=broker', 'port "80780" is not a number from 1 to 65535'],
    ['port=8078,role=broker,host=0.0.0.0', 'unknown setting "host=0.0.0.0"; use port=NUMBER,role=broker|controller|combined'],
  ])('refuses the argument %s', async (argument, reason) => {
    const node = await kafka('4.3.1', temporaryFolder('argument'), 'none.properties', argument);
    expect(await node.waitForExit()).toMatchObject({ code: 1 });
    expect(node.output().trim()).toBe(`kafkon readiness agent: ${reason}`);
  });
});
