import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { stringify } from 'yaml';
import { timed } from '../timed-process';
import { byEdit, type Desired, operations } from '../workload';
import type { Peer } from './peer';

export const kafkaGitops: Peer = {
  name: 'kafka-gitops',
  program: 'kafka-gitops',
  variable: 'KAFKA_GITOPS',
  source: 'https://github.com/devshawn/kafka-gitops',
  prepare: (program, folder, states, limits) => {
    const files = byEdit((edit) => write(join(folder, `state-${edit}.yaml`), states[edit]));
    // It fails without such a file, and takes the address from the environment whatever the file says.
    const properties = join(folder, 'client.properties');
    writeFileSync(properties, '');
    return {
      apply: (address, edit) =>
        timed(program, ['--command-config', properties, '--file', files[edit], 'apply'], {
          ...limits,
          cwd: folder,
          env: { ...process.env, KAFKA_BOOTSTRAP_SERVERS: address },
        }),
    };
  },
};

function write(path: string, { topics, rights }: Desired): string {
  const users = [...new Set(rights.map(({ principal }) => principal))];
  const aclsOf = (user: string) =>
    rights
      .filter(({ principal }) => principal === user)
      .flatMap(({ resource }) =>
        operations.map((operation) => [
          `${resource}-${operation}`,
          { name: resource, type: 'TOPIC', pattern: 'LITERAL', host: '*', operation, permission: 'ALLOW' },
        ]),
      );
  const state = {
    topics: Object.fromEntries(
      topics.map((topic) => [topic.name, { partitions: topic.partitions, replication: topic.replicationFactor, configs: topic.config }]),
    ),
    users: Object.fromEntries(users.map((user) => [user, { principal: `User:${user}` }])),
    customUserAcls: Object.fromEntries(users.map((user) => [user, Object.fromEntries(aclsOf(user))])),
  };
  writeFileSync(path, stringify(state));
  return path;
}
