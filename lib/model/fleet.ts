import type { Environment } from './environment';
import type { Path, Problem } from './problem';
import { componentOf, publishedPorts } from './published-ports';

/** An environment and the name it goes by: `tda/production`. */
export interface FleetMember {
  readonly id: string;
  readonly environment: Environment;
}

/** A problem between environments, told of the later of the two. */
export interface FleetProblem extends Problem {
  /** The environment that `path` belongs to. */
  readonly environment: string;
}

/** Something of which there may be one only in some place. */
interface Claim {
  readonly code: string;
  readonly key: string;
  readonly path: Path;
  readonly message: (other: string) => string;
}

/**
 * Compares environments with each other: ports and containers on the same Docker host, and cluster ids. An environment that
 * names no host has one of its own.
 */
export function checkFleet(members: readonly FleetMember[]): readonly FleetProblem[] {
  const taken = new Map<string, string>();
  return members.flatMap((member) =>
    claimsOf(member).flatMap(({ code, key, path, message }): FleetProblem[] => {
      const owner = taken.get(`${code} ${key}`);
      if (owner === undefined) taken.set(`${code} ${key}`, member.id);
      if (owner === undefined || owner === member.id) return [];
      return [{ code, severity: 'error', path, message: message(owner), environment: member.id }];
    }),
  );
}

function claimsOf({ id, environment }: FleetMember): Claim[] {
  const { clusterId } = environment;
  const { host } = environment.platform.docker;
  const cluster: Claim[] =
    clusterId === undefined
      ? []
      : [
          {
            code: 'fleet/cluster-id-shared',
            key: clusterId,
            path: ['clusterId'],
            message: (other) => `cluster id of "${id}" is that of "${other}" too; give each cluster its own, as 'kafkon init' makes them`,
          },
        ];
  if (host === undefined) return cluster;
  const ports = publishedPorts(environment).map(
    ({ port, service, path }): Claim => ({
      code: 'fleet/port-collision',
      key: `${host}:${port}`,
      path,
      message: (other) =>
        `port ${port} of "${id}" (${service}) on the Docker host "${host}" is taken by "${other}"; choose another, or set platform.docker.portOffset`,
    }),
  );
  const containers = containerNames(environment).map(
    ({ name, path }): Claim => ({
      code: 'fleet/container-collision',
      key: `${host} ${name}`,
      path,
      message: (other) => `container "${name}" of "${id}" on the Docker host "${host}" is named like one of "${other}"; rename one`,
    }),
  );
  return [...cluster, ...ports, ...containers];
}

/** The names of the containers of nodes and companions. */
export function containerNames(environment: Environment): readonly { readonly name: string; readonly path: Path }[] {
  const { containers } = environment.platform.docker;
  const named = (key: 'kafka' | 'zookeeper', ids: readonly number[]) =>
    [...new Set(ids)].map((id) => ({
      name: containers[key].replaceAll('{id}', String(id)),
      path: ['platform', 'docker', 'containers', key],
    }));
  const zookeeper = environment.metadata.mode === 'zookeeper' ? environment.metadata.nodes : [];
  const companions = Object.entries(environment.companions).flatMap(([section, companion]) =>
    companion === undefined
      ? []
      : [{ name: containers[section] ?? componentOf(section), path: ['platform', 'docker', 'containers', section] }],
  );
  return [
    ...named(
      'kafka',
      environment.nodes.map(({ id }) => id),
    ),
    ...named(
      'zookeeper',
      zookeeper.map(({ id }) => id),
    ),
    ...companions,
  ];
}
