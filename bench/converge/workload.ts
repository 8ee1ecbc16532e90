import { mkdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { CLUSTER_ID } from '../../test/support/runtime/environment';

/** What a cluster shall hold. */
export interface Workload {
  readonly title: string;
  readonly topics: number;
  readonly acls: number;
}

/** The settings of every topic. */
function configOf(edited: boolean): Readonly<Record<string, string>> {
  return { 'retention.ms': edited ? '7200000' : '3600000', 'max.message.bytes': '900000', 'segment.bytes': '104857600' };
}

/** What every right allows, one ACL each. */
export const operations = ['READ', 'WRITE', 'DESCRIBE', 'DESCRIBE_CONFIGS', 'ALTER'] as const;
/** The numbers that the protocol has for them. */
const operationCodes = { READ: 3, WRITE: 4, DESCRIBE: 8, DESCRIBE_CONFIGS: 10, ALTER: 7 } as const;

/** How many in a hundred the files have otherwise than at first: topics that differ in one setting, or resources of which another one is meant. */
export type Edit = 0 | 1 | 2;

const isEdited = (index: number, edit: Edit) => index % 100 < edit;

/** Something for each edit. */
export type ByEdit<T> = Readonly<Record<Edit, T>>;

export function byEdit<T>(make: (edit: Edit) => T): ByEdit<T> {
  return { 0: make(0), 1: make(1), 2: make(2) };
}

/** A topic that shall be there. */
export interface DesiredTopic {
  readonly name: string;
  readonly partitions: number;
  readonly replicationFactor: number;
  readonly config: Readonly<Record<string, string>>;
}

/** What a service account may do with one resource: a topic of a literal name, from any host. */
export interface DesiredRight {
  /** Without the `User:` before it. */
  readonly principal: string;
  readonly resource: string;
}

/** What shall be there, in nobody's own words. */
export interface Desired {
  readonly topics: readonly DesiredTopic[];
  readonly rights: readonly DesiredRight[];
}

export function desiredOf(workload: Workload, edit: Edit): Desired {
  return {
    topics: Array.from({ length: workload.topics }, (_, index) => ({
      name: `topic-${index}`,
      partitions: 1,
      replicationFactor: 1,
      config: configOf(isEdited(index, edit)),
    })),
    rights: Array.from({ length: workload.acls / operations.length }, (_, index) => ({
      principal: `app-${index % 100}`,
      resource: `resource-${index}${isEdited(index, edit) ? '-other' : ''}`,
    })),
  };
}

/** An environment of kafkon: the directory to give, and its id in it. */
export function writeEnvironment(folder: string, workload: Workload, edit: Edit): { readonly directory: string; readonly id: string } {
  const directory = join(folder, `edit-${edit}`);
  mkdirSync(join(directory, 'bench'), { recursive: true });
  const { topics, rights } = desiredOf(workload, edit);
  const accounts = [...new Set(rights.map(({ principal }) => principal))];
  const lines = [
    'name: bench',
    'kind: development',
    `clusterId: ${CLUSTER_ID}`,
    'kafka: { version: 4.3.1 }',
    'metadata: { mode: kraft }',
    'authorization: acl',
    'listeners:',
    '  - { name: CLIENT, port: 9092, security: plaintext }',
    '  - { name: INTERNAL, port: 9094, security: mtls }',
    'interBrokerListener: INTERNAL',
    'nodePools:',
    '  - { name: kafka, roles: [broker, controller], ids: [1], memory: 1Gi, disks: [{ name: data, size: 1Gi }] }',
    // ACLs of before that are not declared any more are taken away, as are topics of no other.
    ...(accounts.length === 0 ? [] : ['serviceAccounts:', ...accounts.map((name) => `  ${name}: { authentication: mtls }`), 'access:']),
    ...rights.map(
      ({ principal, resource }) =>
        `  - { intent: raw, principal: ${principal}, resourceType: TOPIC, resourceName: ${resource}, operations: [${operations.join(', ')}] }`,
    ),
    ...(topics.length === 0 ? [] : ['topics:']),
    ...topics.map(({ name, partitions, replicationFactor, config }) => {
      const settings = Object.entries(config).map(([key, value]) => `${key}: ${value}`);
      return `  ${name}: { partitions: ${partitions}, replicationFactor: ${replicationFactor}, config: { ${settings.join(', ')} } }`;
    }),
  ];
  writeFileSync(join(directory, 'bench', 'one.yaml'), `${lines.join('\n')}\n`);
  return { directory, id: 'bench/one' };
}

/** The same for the floor program. */
export function writeFloorInput(folder: string, workload: Workload, edit: Edit): string {
  const path = join(folder, `floor-${edit}.json`);
  const { topics, rights } = desiredOf(workload, edit);
  const acls = rights.flatMap(({ principal, resource }) =>
    operations.map((operation) => ({
      principal: `User:${principal}`,
      host: '*',
      operation: operationCodes[operation],
      permission: 3,
      resourceType: 2,
      resourceName: resource,
      patternType: 3,
    })),
  );
  writeFileSync(path, JSON.stringify({ topics, acls }));
  return path;
}
