import { describe, expect, it } from '@jest/globals';
import { projectDirectory, projected } from '../../lib/lifecycle';
import { publishedPorts } from '../../lib/model';
import { onDocker, stackOf } from '../support/docker/small-cluster';

const { environment, stack } = onDocker();

describe('a project of an environment', () => {
  it('shares no container, network, volume or port with the environment', () => {
    const copy = projected(environment, { name: 'second', portOffset: 1000 });
    const other = stackOf(copy);
    const names = (each: typeof stack) => [...each.containers, ...each.networks, ...each.volumes].map(({ name }) => name);
    expect(names(other).filter((name) => names(stack).includes(name))).toEqual([]);
    expect(names(other).every((name) => name.startsWith('second-'))).toBe(true);
    expect(other.cluster).toBe('second');
    const ports = publishedPorts(environment).map(({ port }) => port);
    expect(publishedPorts(copy).map(({ port }) => port)).toEqual(ports.map((port) => port + 1000));
  });

  it('adds to an offset that is there', () => {
    const shifted = projected(projected(environment, { portOffset: 10 }), { portOffset: 5 });
    expect(shifted.platform.docker.portOffset).toBe(15);
  });

  it('is the environment itself without a name, an offset and a directory', () => {
    expect(projected(environment, {})).toEqual(environment);
  });

  it('keeps data where it is told to', () => {
    expect(projected(environment, { dataDirectory: '/srv' }).platform.docker.dataDirectory).toBe('/srv');
  });

  it('has a state of its own', () => {
    expect(projectDirectory('dist', 'tda/development', {})).toBe('dist/docker/tda/development');
    expect(projectDirectory('dist', 'tda/development', { name: 'second' })).toBe('dist/docker/tda/development@second');
  });
});
