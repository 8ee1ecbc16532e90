import { describe, expect, it } from '@jest/globals';
import { type ContainerState, healthNow, observe, waitHealthy } from '../../lib/lifecycle';
import { containerState, fakeHost } from '../support/docker/fake-ports';
import { onDocker } from '../support/docker/small-cluster';

const healthCheck = ['sh', '-c', 'exit'];
const starting = (name: string, overrides: Partial<ContainerState> = {}) =>
  containerState(name, {}, { health: 'starting', healthCheck, ...overrides });

describe('the health of a container', () => {
  /** What becomes of a container whose check ends with `code`, and what was run for it. */
  async function asked(state: ContainerState, code = 0) {
    const commands: (readonly string[])[] = [];
    const engine = {
      run: async (_: string, command: readonly string[]) => {
        commands.push(command);
        return { code, output: '' };
      },
    };
    const { health } = await healthNow(engine, state);
    return { health, commands };
  }

  it('is asked for with its own check, where the engine has not looked yet or saw it ill', async () => {
    expect(await asked(starting('kafka-1'))).toEqual({ health: 'healthy', commands: [healthCheck] });
    expect(await asked(starting('kafka-1', { health: 'unhealthy' }))).toEqual({ health: 'healthy', commands: [healthCheck] });
  });

  it('stays what the engine says where the check fails', async () => {
    expect((await asked(starting('kafka-1'), 1)).health).toBe('starting');
    expect((await asked(starting('kafka-1', { health: 'unhealthy' }), 1)).health).toBe('unhealthy');
  });

  it('is not asked for where that is no use', async () => {
    const useless = [starting('a', { health: 'healthy' }), starting('a', { state: 'exited' }), starting('a', { healthCheck: [] })];
    for (const state of useless) expect(await asked(state)).toEqual({ health: state.health, commands: [] });
  });

  it('stays what the engine says where nobody answers', async () => {
    const gone = { run: () => Promise.reject(new Error('no such container')) };
    expect((await healthNow(gone, starting('kafka-1'))).health).toBe('starting');
  });
});

describe('waiting for health', () => {
  const { environment, stack } = onDocker();
  const nodes = stack.containers.filter(({ component }) => component === 'kafka');

  /** A host on which the engine has looked at nobody yet; the checks of `serving` succeed. */
  function host(serving: ReadonlySet<string>) {
    const ports = fakeHost(stack);
    const runs: string[] = [];
    for (const { name } of stack.containers) ports.containers.set(name, starting(name));
    ports.engine.run = async (name) => {
      runs.push(name);
      return { code: serving.has(name) ? 0 : 1, output: '' };
    };
    return { ports, runs };
  }

  it('does not wait for the engine to look', async () => {
    const { ports } = host(new Set(nodes.map(({ name }) => name)));
    const lines: string[] = [];
    await waitHealthy(ports, stack, nodes, { timeoutSeconds: 10 }, (line) => lines.push(line));
    expect(lines.map((line) => line.replace(/\(.*/, ''))).toEqual(['kafka-1 is healthy ', 'kafka-2 is healthy ', 'kafka-3 is healthy ']);
  });

  it('asks one container at a time, each in its turn', async () => {
    const { ports, runs } = host(new Set());
    const vain = waitHealthy(ports, stack, nodes, { timeoutSeconds: 2 }, () => {});
    await expect(vain).rejects.toThrow(/^kafka-\d is not healthy after 2 s/);
    const rounds = ports.host.clock() / 500 + 1;
    expect(runs).toEqual(Array.from({ length: rounds }, (_, round) => `kafka-${(round % 3) + 1}`));
  });

  it('is no wait before a roll either: a node that answers is ready', async () => {
    const { ports } = host(new Set(['kafka-2']));
    const ready = (await observe(ports, stack, environment)).filter((node) => node.ready).map(({ container }) => container.service);
    expect(ready).toEqual(['kafka-2']);
  });
});
