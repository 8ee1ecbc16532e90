import { describe, expect, it } from '@jest/globals';
import { EngineRefusal, type LifecycleError, up } from '../../lib/lifecycle';
import { containerState, exported, type FakeHost, fakeHost } from '../support/docker/fake-ports';
import { onDocker } from '../support/docker/small-cluster';

const { environment, stack } = onDocker();
const options = { pull: false, force: false, timeoutSeconds: 60 };
const labels = { 'kafkon.dev/cluster': 'orders' };

/** A host whose third broker is the active controller. */
function host(): FakeHost {
  const made = fakeHost(stack);
  for (const id of [1, 2, 3]) made.metrics.set(`kafka-${id}`, exported({ controller: id === 3 }));
  return made;
}

async function run(ports: FakeHost, change: Partial<typeof options> = {}): Promise<readonly string[]> {
  const lines: string[] = [];
  await up(ports, stack, environment, { ...options, ...change }, (line) => lines.push(line));
  return lines;
}

describe('bringing an environment up', () => {
  it('applies the plan at once and waits until all of it is healthy', async () => {
    const ports = host();
    const lines = await run(ports);
    expect(ports.done).toEqual(['apply all']);
    expect(lines).toContain('plan: 9 to create');
    expect(lines.filter((line) => line.includes('is healthy'))).toHaveLength(7);
    expect(lines.at(-1)).toBe('kafka-3 is the active controller');
  });

  it('changes nothing the second time', async () => {
    const ports = host();
    await run(ports);
    ports.done.length = 0;
    expect(await run(ports)).toContain('plan: nothing to change');
    expect(ports.done).toEqual([]);
  });

  it('starts what is stopped, from the bottom up', async () => {
    const ports = host();
    await run(ports);
    for (const name of ['kafka-ui', 'kafka-1', 'zookeeper-2'])
      ports.containers.set(name, containerState(name, labels, { state: 'exited' }));
    ports.done.length = 0;
    await run(ports);
    expect(ports.done).toEqual(['start zookeeper-2', 'start kafka-1', 'start kafka-ui']);
  });

  it('starts what is stopped before it plans, since the provider would make it anew, but not what has changed', async () => {
    const ports = host();
    await run(ports);
    for (const name of ['kafka-1', 'kafka-2']) ports.containers.set(name, containerState(name, labels, { state: 'exited' }));
    const old = { ...labels, 'kafkon.dev/content-hash': 'old' };
    ports.containers.set('kafka-3', containerState('kafka-3', old, { state: 'exited' }));
    ports.done.length = 0;
    ports.terraform.plan = async () => {
      ports.done.push('plan');
      return [];
    };
    await run(ports);
    expect(ports.done).toEqual(['start kafka-1', 'start kafka-2', 'plan', 'start kafka-3']);
  });

  it('leaves to Terraform what does not start as it is', async () => {
    const ports = host();
    await run(ports);
    ports.containers.set('kafka-2', containerState('kafka-2', labels, { state: 'exited' }));
    const { start } = ports.engine;
    let tries = 0;
    ports.engine.start = async (name) => {
      if (tries++ === 0) throw new EngineRefusal(404, 'the Docker Engine refused: no such network');
      await start(name);
    };
    expect(await run(ports)).toContain('the Docker Engine refused: no such network');
    expect(ports.containers.get('kafka-2')?.state).toBe('running');
  });

  it('rolls running nodes that Terraform would replace all at once, the rest before', async () => {
    const ports = host();
    await run(ports);
    ports.done.length = 0;
    const changed = stack.containers.filter(({ service }) => /^kafka-(\d|ui)$/.test(service));
    ports.changes = changed.map(({ address }) => ({ address, action: 'replace' }));
    await run(ports);
    expect(ports.done).toEqual([
      'apply docker_container.kafka-ui',
      'apply docker_container.kafka-1',
      'apply docker_container.kafka-2',
      'apply docker_container.kafka-3',
    ]);
  });

  it('removes what an interrupted run made and Terraform does not know', async () => {
    const ports = host();
    ports.containers.set('kafka-1', containerState('kafka-1', labels));
    ports.terraform.resources = async () => [];
    await run(ports);
    expect(ports.done).toEqual(['stop kafka-1', 'remove kafka-1', 'apply all']);
  });

  it('pulls every image where asked to', async () => {
    const ports = host();
    await run(ports, { pull: true });
    expect(ports.done.filter((line) => line.startsWith('pull '))).toContain('pull apache/kafka:3.9.2');
  });

  it('gives up on what does not become healthy, with its last lines and what its check says', async () => {
    const ports = host();
    const { apply } = ports.terraform;
    ports.terraform.apply = async (...words) => {
      await apply(...words);
      ports.containers.set('kafka-2', containerState('kafka-2', labels, { health: 'unhealthy', healthOutput: 'broker state 1' }));
    };
    const lines: string[] = [];
    const failure = await up(ports, stack, environment, options, (line) => lines.push(line)).catch((error: LifecycleError) => error);
    expect((failure as LifecycleError).problems).toMatchObject([
      {
        code: 'docker/not-healthy',
        message: expect.stringMatching(/^kafka-2 is not healthy after 60 s: running, unhealthy.*broker state 1$/),
      },
    ]);
    expect(lines).toContain('    kafka-2 says hello');
  });

  it('gives up early on what keeps ending', async () => {
    const ports = host();
    const { apply } = ports.terraform;
    let restarts = 0;
    ports.terraform.apply = async (...words) => {
      await apply(...words);
      const { container } = ports.engine;
      ports.engine.container = async (name) =>
        name === 'kafka-2' ? containerState(name, labels, { state: 'restarting', restarts: restarts++, exitCode: 1 }) : container(name);
    };
    await expect(run(ports, { timeoutSeconds: 100_000 })).rejects.toThrow('kafka-2 does not stay up: restarting, healthy, exit code 1');
  });
});
