import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { stringify } from 'yaml';
import { timed } from '../timed-process';
import { byEdit, type Desired, operations } from '../workload';
import type { Peer } from './peer';

/** Without it ACLs that are not declared any more stay. */
const takeAway = ['--options', 'delete-orphans=true'];

export const jikkou: Peer = {
  name: 'jikkou',
  program: 'jikkou',
  variable: 'JIKKOU',
  source: 'https://github.com/streamthoughts/jikkou',
  prepare: (program, folder, states, limits) => {
    const files = byEdit((edit) => write(join(folder, `edit-${edit}.yaml`), states[edit]));
    return {
      apply: (address, edit) =>
        timed(program, ['apply', '--files', files[edit], ...takeAway], {
          ...limits,
          cwd: folder,
          env: { ...process.env, JIKKOU_DEFAULT_KAFKA_BOOTSTRAP_SERVERS: address },
        }),
    };
  },
};

function write(path: string, { topics, rights }: Desired): string {
  const apiVersion = 'kafka.jikkou.io/v1';
  const users = [...new Set(rights.map(({ principal }) => principal))];
  const resources = [
    ...(topics.length === 0 ? [] : [{ apiVersion, kind: 'KafkaTopicList', items: topics.map(topicOf) }]),
    ...users.map((user) => ({
      apiVersion,
      kind: 'KafkaPrincipalAuthorization',
      metadata: { name: `User:${user}` },
      spec: { acls: rights.filter(({ principal }) => principal === user).map(aclOf) },
    })),
  ];
  writeFileSync(path, resources.map((resource) => stringify(resource)).join('---\n'));
  return path;
}

const topicOf = ({ name, partitions, replicationFactor, config }: Desired['topics'][number]) => ({
  metadata: { name },
  spec: { partitions, replicas: replicationFactor, configs: config },
});

const aclOf = ({ resource }: Desired['rights'][number]) => ({
  resource: { type: 'topic', pattern: resource, patternType: 'LITERAL' },
  type: 'ALLOW',
  operations: [...operations],
  host: '*',
});
