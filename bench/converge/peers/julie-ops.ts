import { rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { stringify } from 'yaml';
import { timed } from '../timed-process';
import { type Desired, operations } from '../workload';
import type { Peer } from './peer';

/** It keeps what it has made in this file of its working directory. */
const stateFile = '.cluster-state';

/** ACLs are not written out but come of a role of ours, given with a topic's name for each right. */
const role = 'everything';

export const julieOps: Peer = {
  name: 'JulieOps',
  program: 'julie-ops-cli.sh',
  variable: 'JULIE_OPS',
  source: 'https://github.com/kafka-ops/julie',
  prepare: (program, folder, { declared, drifted }, limits) => {
    const [before, after] = [write(folder, 'declared', declared), write(folder, 'drifted', drifted)];
    const roles = join(folder, 'roles.yaml');
    const acls = operations.map((operation) => ({
      resourceType: 'Topic',
      resourceName: '{{topic}}',
      patternType: 'LITERAL',
      host: '*',
      operation,
      permissionType: 'ALLOW',
    }));
    writeFileSync(roles, stringify({ roles: [{ name: role, acls }] }));
    const properties = join(folder, 'julie.properties');
    const lines = [
      `julie.roles=${roles}`,
      // The names of topics as they are; one of the two formats alone is refused.
      'topology.project.prefix.format=',
      'topology.topic.prefix.format={{topic}}',
      // ACLs of before are taken away.
      'allow.delete.bindings=true',
    ];
    writeFileSync(properties, `${lines.join('\n')}\n`);
    return {
      apply: (address, changed) =>
        timed(
          program,
          ['--brokers', address, '--clientConfig', properties, '--topology', changed ? after : before, '--accept-projects-without-topics'],
          { ...limits, cwd: folder },
        ),
      forget: () => rmSync(join(folder, stateFile), { force: true }),
    };
  },
};

function write(folder: string, name: string, { topics, rights }: Desired): string {
  const project = {
    name: 'bench',
    ...(rights.length > 0 && {
      [role]: rights.map(({ principal, resource }) => ({ principal: `User:${principal}`, topic: resource })),
    }),
    ...(topics.length > 0 && {
      topics: topics.map((topic) => ({
        name: topic.name,
        config: {
          ...topic.config,
          'num.partitions': String(topic.partitions),
          'replication.factor': String(topic.replicationFactor),
        },
      })),
    }),
  };
  const path = join(folder, `${name}.yaml`);
  writeFileSync(path, stringify({ context: 'bench', projects: [project] }));
  return path;
}
