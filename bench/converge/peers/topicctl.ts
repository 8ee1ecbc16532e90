import { mkdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { stringify } from 'yaml';
import { inTurn, timed } from '../timed-process';
import { byEdit, type Desired, operations } from '../workload';
import type { Peer } from './peer';

const place = { environment: 'bench', region: 'bench' };
const cluster = 'bench';

/** Sleeps a fifth of this after each new topic: 2 s by its default of 10 s, which would be all that is measured. */
const sleepLoop = '250ms';

/** Of the names that the protocol has, in its own spelling. */
const operationNames = { READ: 'read', WRITE: 'write', DESCRIBE: 'describe', DESCRIBE_CONFIGS: 'describeConfigs', ALTER: 'alter' } as const;

/** Takes no ACL away, so that where ACLs are others it makes what is new alone. */
export const topicctl: Peer = {
  name: 'topicctl',
  program: 'topicctl',
  variable: 'TOPICCTL',
  source: 'https://github.com/segmentio/topicctl',
  prepare: (program, folder, states, limits) => {
    const files = byEdit((edit) => write(join(folder, `edit-${edit}`), states[edit]));
    const clusterFile = join(folder, 'cluster.yaml');
    return {
      apply: async (address, edit) => {
        const { topics, acls } = files[edit];
        writeFileSync(clusterFile, stringify({ meta: { name: cluster, ...place }, spec: { bootstrapAddrs: [address] } }));
        const common = ['--cluster-config', clusterFile, '--skip-confirm', '--no-spinner'];
        return inTurn([
          ...(topics === undefined ? [] : [() => timed(program, ['apply', ...common, '--sleep-loop-duration', sleepLoop, topics], limits)]),
          ...(acls === undefined ? [] : [() => timed(program, ['create', 'acls', ...common, acls], limits)]),
        ]);
      },
    };
  },
};

/** The files of topics and of ACLs, of which there need not be any. */
function write(folder: string, { topics, rights }: Desired): { readonly topics?: string; readonly acls?: string } {
  mkdirSync(folder);
  const documents = topics.map(({ name, partitions, replicationFactor, config }) =>
    stringify({
      meta: { name, cluster, ...place },
      spec: { partitions, replicationFactor, placement: { strategy: 'any' }, settings: config },
    }),
  );
  const acls = rights.map(({ principal, resource }) => ({
    resource: { type: 'topic', name: resource, patternType: 'literal', principal: `User:${principal}`, host: '*', permission: 'allow' },
    operations: operations.map((operation) => operationNames[operation]),
  }));
  const [topicsPath, aclsPath] = [join(folder, 'topics.yaml'), join(folder, 'acls.yaml')];
  writeFileSync(topicsPath, documents.join('---\n'));
  writeFileSync(aclsPath, stringify({ meta: { name: 'acls', cluster, ...place }, spec: { acls } }));
  return { ...(topics.length > 0 && { topics: topicsPath }), ...(rights.length > 0 && { acls: aclsPath }) };
}
