import { describe, expect, it } from '@jest/globals';
import { checkFleet, type Environment, parseEnvironment } from '../../lib/model';
import { type Change, environmentWith } from './good-environment';

function environment(change: Change): Environment {
  const { environment: result, problems } = parseEnvironment(environmentWith(change), { platforms: ['kubernetes', 'docker'] });
  if (result === undefined) throw new Error(JSON.stringify(problems));
  return result;
}

const other = { clusterId: 'AkU3OEVBNTcwNTJENDM2Qg' };
const onLab = { 'platform/docker/host': 'lab' };
const second = { kafka: 'second-{id}', kafkaUi: 'second-ui', grafana: 'second-grafana' };
const free = { 'platform/docker/portOffset': 1000, 'platform/docker/containers': second };
const check = (first: Change, second: Change) =>
  checkFleet([
    { id: 'a/production', environment: environment(first) },
    { id: 'b/production', environment: environment(second) },
  ]);

describe('checkFleet', () => {
  it('finds ports and containers that two environments take on one Docker host', () => {
    const problems = check(onLab, {
      ...other,
      ...onLab,
      ...free,
      'platform/docker/portOffset': 2,
      'platform/docker/containers': { kafka: 'kafka-{id}' },
    });
    expect(problems[0]).toEqual({
      code: 'fleet/port-collision',
      severity: 'error',
      environment: 'b/production',
      path: ['platform', 'docker', 'listeners', 'EXTERNAL'],
      message:
        'port 19002 of "b/production" (kafka-0 EXTERNAL) on the Docker host "lab" is taken by "a/production"; choose another, or set platform.docker.portOffset',
    });
    expect(problems.filter(({ code }) => code === 'fleet/container-collision').map(({ message }) => message)).toContain(
      'container "kafka-0" of "b/production" on the Docker host "lab" is named like one of "a/production"; rename one',
    );
  });

  it('finds companions of one name', () => {
    const problems = check(onLab, { ...other, ...onLab, ...free, 'platform/docker/containers': { ...second, grafana: 'grafana' } });
    expect(problems.map(({ path, message }) => [path.at(-1), message])).toEqual([
      ['grafana', 'container "grafana" of "b/production" on the Docker host "lab" is named like one of "a/production"; rename one'],
    ]);
  });

  it('is content with an offset and names of their own', () => {
    expect(check(onLab, { ...other, ...onLab, ...free })).toEqual([]);
  });

  it('gives an environment without a host one of its own', () => {
    expect(check({}, other)).toEqual([]);
    expect(check(onLab, { ...other, 'platform/docker/host': 'other' })).toEqual([]);
  });

  it('finds a cluster id that stands in two environments', () => {
    expect(check({}, {})).toEqual([
      {
        code: 'fleet/cluster-id-shared',
        severity: 'error',
        environment: 'b/production',
        path: ['clusterId'],
        message: `cluster id of "b/production" is that of "a/production" too; give each cluster its own, as 'kafkon init' makes them`,
      },
    ]);
  });
});
