import type { FileSystem } from '../../lib/environment';
import type { ConnectCluster, Connection, KafkaAdmin, RecordLog, SchemaRegistry, ServiceConnection } from '../../lib/kafka';
import type { KubernetesPorts, KubernetesTarget, Ports, SecretStore } from '../../lib/lifecycle';
import type { BackupStore } from '../../lib/operate';

/** What a command may do to the world. `main.ts` gives the real one, tests give their own. */
export interface Context {
  readonly terminal: Terminal;
  readonly files: FileSystem;
  readonly writer: Writer;
  readonly prompter: Prompter;
  /** The day it is, for waivers. */
  readonly now: Date;
  /** Random bytes for a cluster id. */
  readonly randomBytes: (count: number) => Uint8Array;
  /** Absolute: where paths of the command line begin. */
  readonly currentDirectory: string;
  /** A Docker host, for the commands that act on one; nothing is asked of it by getting it. */
  readonly docker: () => Promise<Ports>;
  /** A Kubernetes cluster, for the commands that act on one; nothing is asked of it by getting it. */
  readonly kubernetes: (target: KubernetesTarget) => Promise<KubernetesPorts>;
  /** Clients of a running cluster; they connect at their first call. */
  readonly connect: (connection: Connection) => Promise<{ readonly admin: KafkaAdmin; readonly log: RecordLog }>;
  /** A schema registry; nothing is asked of it by getting it. */
  readonly schemaRegistry: (connection: ServiceConnection) => Promise<SchemaRegistry>;
  /** The workers of Kafka Connect; nothing is asked of them by getting them. */
  readonly connectCluster: (connection: ServiceConnection) => Promise<ConnectCluster>;
  /** Where backups are written and read. */
  readonly backups: () => Promise<BackupStore>;
  /** The environment variables of the program. */
  readonly variables: Readonly<Record<string, string | undefined>>;
  /** The secrets in a directory. */
  readonly secretStore: (directory: string) => Promise<SecretStore>;
  /** What a run leaves to the next, which does without it as well. @default nothing is kept */
  readonly cache?: Cache;
}

/** Texts by key. */
export interface Cache {
  read(key: string): string | undefined;
  write(key: string, text: string): void;
}

export interface Terminal {
  /** Results: what a script reads. */
  out(text: string): void;
  /** Progress and problems: what a person reads. */
  err(text: string): void;
  /** Whether somebody can answer questions. */
  readonly interactive: boolean;
}

/** Writes files. Paths have `/` between their parts and are relative to the current directory, or absolute. */
export interface Writer {
  /** Makes `directory` hold exactly `files` (path below it → text), all at once: an interrupted run leaves the old or the new. */
  replaceDirectory(directory: string, files: ReadonlyMap<string, string>): Promise<void>;
  /**
   * Makes each of `files` (path below `directory` → text) hold its text, at once, and leaves everything else in `directory` alone:
   * Terraform keeps its state there.
   */
  updateDirectory(directory: string, files: ReadonlyMap<string, string>): void;
  /** Writes a file that must not exist yet; false when it does. */
  createFile(path: string, text: string): boolean;
}

/** Asks a person. */
export interface Prompter {
  text(question: {
    readonly message: string;
    readonly initial?: string;
    readonly validate?: (value: string) => string | undefined;
  }): Promise<string>;
  choose<Value extends string>(question: {
    readonly message: string;
    readonly options: readonly Value[];
    readonly initial?: Value;
  }): Promise<Value>;
}

/** A mistake in the way the program was called: exit 2. */
export class UsageError extends Error {
  constructor(message: string) {
    super(message);
    this.name = 'UsageError';
  }
}

/** The person broke off a question: nothing is written, exit 130. */
export class Cancelled extends Error {
  constructor() {
    super('cancelled; nothing was written');
    this.name = 'Cancelled';
  }
}

/** 0 fine, 1 problems, 2 wrong usage, 3 something differs. */
export type ExitCode = 0 | 1 | 2 | 3;
