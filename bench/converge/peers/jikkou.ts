import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { stringify } from 'yaml';
import { timed } from '../timed-process';
import { type Desired, operations } from '../workload';
import type { Peer } from './peer';

const apiVersion = 'kafka.jikkou.io/v1';

export const jikkou: Peer = {
  name: 'jikkou',
  program: 'jikkou',
  variable: 'JIKKOU',
  source: 'https://github.com/streamthoughts/jikkou',
  prepare: (program, folder, { declared, drifted }, limits) => {
    const [before, after] = [write(folder, 'declared', declared), write(folder, 'drifted', drifted)];
    return {
      apply: (address, changed) =>
        timed(program, ['apply', '--files', changed ? after : before], {
          ...limits,
          cwd: folder,
          env: { ...process.env, JIKKOU_DEFAULT_KAFKA_BOOTSTRAP_SERVERS: address },
        }),
    };
  },
};

function write(folder: string, name: string, { topics, rights }: Desired): string {
  const list = {
    apiVersion,
    kind: 'KafkaTopicList',
    items: topics.map((topic) => ({
      metadata: { name: topic.name },
      spec: { partitions: topic.partitions, replicas: topic.replicationFactor, configs: topic.config },
    })),
  };
  const principals = [...new Set(rights.map(({ principal }) => principal))];
  const authorizations = principals.map((user) => ({
    apiVersion,
    kind: 'KafkaPrincipalAuthorization',
    metadata: { name: `User:${user}` },
    spec: {
      acls: rights
        .filter(({ principal }) => principal === user)
        .map(({ resource }) => ({
          resource: { type: 'topic', pattern: resource, patternType: 'LITERAL' },
          type: 'ALLOW',
          operations,
          host: '*',
        })),
    },
  }));
  const path = join(folder, `${name}.yaml`);
  const documents = [...(topics.length > 0 ? [list] : []), ...authorizations];
  writeFileSync(path, documents.map((document) => stringify(document)).join('---\n'));
  return path;
}
