import { describe, expect, it } from '@jest/globals';
import { isServing, standingOf, statusRows } from '../../lib/lifecycle';
import { containerState } from '../support/docker/fake-ports';
import { onDocker } from '../support/docker/small-cluster';

const { stack } = onDocker();
const now = new Date('2026-11-21T12:00:00Z');
const rows = (...states: ReturnType<typeof containerState>[]) =>
  statusRows(stack, new Map(states.map((state) => [state.name, state])), new Map([['kafka-1', 5]]), now);
const row = (service: string, ...states: ReturnType<typeof containerState>[]) => rows(...states).find((each) => each.service === service);

describe('the status of a service', () => {
  it('is told of each service, those that are not there too, and of none that runs once', () => {
    expect(rows().map(({ service, state }) => `${service} ${state}`)).toEqual(
      ['kafka-1', 'kafka-2', 'kafka-3', 'kafka-ui', 'zookeeper-1', 'zookeeper-2', 'zookeeper-3'].map((service) => `${service} absent`),
    );
  });

  it('has ports, uptime, memory and restarts of what runs', () => {
    const state = containerState(
      'kafka-1',
      {},
      {
        restarts: 2,
        ports: [
          { host: 9101, container: 9101 },
          { host: 9092, container: 9092 },
        ],
      },
    );
    expect(row('kafka-1', state)).toEqual({
      service: 'kafka-1',
      container: 'kafka-1',
      state: 'running',
      health: 'healthy',
      ports: [9092, 9101],
      uptimeSeconds: 3600,
      memory: 5,
      restarts: 2,
      restartPending: false,
    });
  });

  it('has no uptime, memory or health of what is stopped', () => {
    expect(row('kafka-1', containerState('kafka-1', {}, { state: 'exited' }))).toEqual({
      service: 'kafka-1',
      container: 'kafka-1',
      state: 'exited',
      health: 'none',
      ports: [],
      restarts: 0,
      restartPending: false,
    });
  });

  it('says that a restart is pending where the content differs', () => {
    const hash = stack.containers.find(({ service }) => service === 'kafka-1')?.contentHash ?? '';
    const pending = (label: string) => row('kafka-1', containerState('kafka-1', { 'kafkon.dev/content-hash': label }))?.restartPending;
    expect([pending(hash), pending('another')]).toEqual([false, true]);
  });
});

describe('whether something is up', () => {
  it('is so for what is healthy, or runs and is not checked', () => {
    expect(isServing(containerState('x'))).toBe(true);
    expect(isServing(containerState('x', {}, { health: 'none' }))).toBe(true);
    for (const overrides of [
      { health: 'starting' },
      { health: 'unhealthy' },
      { state: 'exited', health: 'none' },
      { state: 'restarting' },
    ] as const)
      expect(isServing(containerState('x', {}, overrides))).toBe(false);
    expect(isServing(undefined)).toBe(false);
  });

  it('is so for an environment when all of it is', () => {
    expect([standingOf(0, 3), standingOf(2, 3), standingOf(3, 3), standingOf(0, 0)]).toEqual(['down', 'partly up', 'up', 'down']);
  });
});
