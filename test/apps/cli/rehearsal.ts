import type { Cache, Context } from '../../../apps/cli/context';
import { runProgram } from '../../../apps/cli/program';
import { type FileSystem, memoryFileSystem } from '../../../lib/environment';
import {
  type ConnectCluster,
  MemoryCluster,
  memoryAdmin,
  memoryConnect,
  memoryRecordLog,
  memorySchemaRegistry,
  type SchemaRegistry,
} from '../../../lib/kafka';
import { fail, type KubernetesPorts, type Ports } from '../../../lib/lifecycle';
import { memoryBackupStore } from '../../../lib/operate';

/** What a run of the command line left behind. */
export interface Performance {
  readonly code: number;
  readonly out: string;
  readonly err: string;
  /** Everything written: path → text. */
  readonly written: ReadonlyMap<string, string>;
}

export interface Stage {
  readonly files: Readonly<Record<string, string>>;
  /** What a person answers, in order. Absent: nobody can be asked. */
  readonly answers?: readonly string[];
  /** @default 2026-11-21 */
  readonly now?: Date;
  /** @default - no engine answers */
  readonly docker?: Ports;
  /** @default - no API server answers */
  readonly kubernetes?: KubernetesPorts;
  /** The running cluster. @default - that of `orders`, empty */
  readonly cluster?: MemoryCluster;
  /** How a real cluster is reached instead. @default - `cluster` is there */
  readonly reach?: Context['connect'];
  /** The schema registry. @default - an empty one */
  readonly registry?: SchemaRegistry;
  /** The workers of Kafka Connect. @default - some that run nothing */
  readonly connect?: ConnectCluster;
  /** Backups that are there: path → text; new ones are added. @default none */
  readonly backups?: Map<string, string>;
  /** Where files are written. @default - kept in memory */
  readonly writer?: Context['writer'];
  /** Environment variables. @default none */
  readonly variables?: Readonly<Record<string, string>>;
  /** What runs leave to the next. @default nothing is kept */
  readonly cache?: Map<string, string>;
}

/** Runs the command line on files in memory. */
export function rehearse(stage: Stage, ...words: readonly string[]): Promise<Performance> {
  return perform(memoryFileSystem(stage.files), stage, words);
}

/** Runs the command line on real files; what it writes is kept in memory all the same. */
export function rehearseOn(files: FileSystem, ...words: readonly string[]): Promise<Performance> {
  return perform(files, {}, words);
}

async function perform(files: FileSystem, stage: Omit<Stage, 'files'>, words: readonly string[]): Promise<Performance> {
  const output = { out: '', err: '' };
  const written = new Map<string, string>();
  const answers = [...(stage.answers ?? [])];
  const answer = () => answers.shift() ?? '';
  const context: Context = {
    terminal: {
      out: (text) => {
        output.out += text;
      },
      err: (text) => {
        output.err += text;
      },
      interactive: stage.answers !== undefined,
    },
    files,
    writer: stage.writer ?? {
      replaceDirectory: async (directory, content) => {
        for (const [path, text] of content) written.set(`${directory}/${path}`, text);
      },
      updateDirectory: (directory, content) => {
        for (const [path, text] of content) written.set(`${directory}/${path}`, text);
      },
      createFile: (path, text) => {
        if ('text' in files.readFile(path)) return false;
        written.set(path, text);
        return true;
      },
    },
    prompter: {
      text: async () => answer(),
      choose: async ({ options }) => {
        const given = answer();
        const chosen = options.find((option) => option === given);
        if (chosen === undefined) throw new Error(`${given} is none of ${options.join(', ')}`);
        return chosen;
      },
    },
    now: stage.now ?? new Date('2026-11-21T12:00:00Z'),
    randomBytes: (count) => new Uint8Array(count).fill(7),
    currentDirectory: '/project',
    docker: async () => stage.docker ?? fail('docker/engine-unreachable', 'no Docker Engine answers in a rehearsal'),
    kubernetes: async () => stage.kubernetes ?? fail('kubernetes/unreachable', 'no API server answers in a rehearsal'),
    connect: async (connection) => {
      if (stage.reach !== undefined) return stage.reach(connection);
      const cluster = stage.cluster ?? new MemoryCluster({ clusterId: 'BwcHBwcHBwcHBwcHBwcHBw', brokers: [{ id: 0 }], authorizer: false });
      return { admin: memoryAdmin(cluster), log: memoryRecordLog(cluster) };
    },
    schemaRegistry: async () => stage.registry ?? memorySchemaRegistry(),
    connectCluster: async () => stage.connect ?? memoryConnect(),
    backups: async () => memoryBackupStore(stage.backups),
    variables: stage.variables ?? {},
    secretStore: async (directory) => ({
      read: (path) => {
        const text = written.get(`${directory}/${path}`);
        return text === undefined ? undefined : Buffer.from(text, 'latin1');
      },
      create: (path, content) => {
        if (written.has(`${directory}/${path}`)) return false;
        written.set(`${directory}/${path}`, typeof content === 'string' ? content : Buffer.from(content).toString('latin1'));
        return true;
      },
      replace: (path, content) => {
        written.set(`${directory}/${path}`, typeof content === 'string' ? content : Buffer.from(content).toString('latin1'));
      },
    }),
    ...(stage.cache === undefined ? {} : { cache: cacheIn(stage.cache) }),
  };
  const code = await runProgram(words, context);
  return { code, ...output, written };
}

function cacheIn(texts: Map<string, string>): Cache {
  return {
    read: (key) => texts.get(key),
    write: (key, text) => {
      texts.set(key, text);
    },
  };
}

/** A small environment with nothing wrong. */
export const orders = `name: orders
kind: development
clusterId: BwcHBwcHBwcHBwcHBwcHBw
kafka:
  version: '3.9.2'
metadata:
  mode: kraft
nodePools:
  - name: kafka
    roles: [broker, controller]
    ids: [0]
    memory: 1Gi
    disks: [{ name: data, size: 1Gi }]
listeners:
  - { name: INTERNAL, port: 9092, security: plaintext }
defaults:
  replication_factor: 1
  partitions: 6
topics:
  orders: { config: { retention.ms: 86400000 } }
  order.events:
    partitions: 12
`;
