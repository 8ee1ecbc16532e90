import type { Image } from '../model';

/** A file the process reads: its whole content is known before the deployment. */
export interface RuntimeFile {
  /** Absolute, inside the container. */
  readonly path: string;
  readonly content: string;
  /** Whether the content differs between the nodes of one pool. @default false */
  readonly perNode?: boolean;
}

/** A file whose content is secret: only where it comes from is known here. */
export interface SecretFile {
  /** Absolute, inside the container. */
  readonly path: string;
  readonly source:
    | { readonly kind: 'secret'; readonly secret: string }
    | {
        readonly kind: 'certificate';
        /** Whose certificate: the brokers', ZooKeeper's, the convergence's, the backup's or a companion's. */
        readonly owner: CertificateOwner;
        readonly item: 'keystore.p12' | 'truststore.p12' | 'ca.crt' | 'tls.crt' | 'tls.key';
      };
}

export type CertificateOwner = 'broker' | 'zookeeper' | 'convergence' | 'backup' | 'client';

export interface Port {
  /** At most 15 lower-case letters, digits and hyphens, as Kubernetes wants it. */
  readonly name: string;
  readonly port: number;
}

/** Storage that outlives the container. */
export interface Volume {
  readonly name: string;
  /** Absolute, inside the container. */
  readonly path: string;
  /** bytes */
  readonly size: number;
}

/** How one asks whether a process is well; none starts a JVM. */
export interface Probe {
  readonly check:
    | { readonly kind: 'http'; readonly port: number; readonly path: string }
    | { readonly kind: 'command'; readonly command: readonly string[] }
    | { readonly kind: 'tcp'; readonly port: number };
  readonly periodSeconds: number;
  readonly timeoutSeconds: number;
  readonly failureThreshold: number;
}

/**
 * One container of the running system, whatever the platform: what it runs, reads, writes and listens on. The nodes of one pool
 * differ in `id`, `name` and the content of their `perNode` files, and in nothing else.
 */
export interface Process {
  /** `kafka-0`, `zookeeper-1`, `schema-registry`: unique in the environment. */
  readonly name: string;
  readonly component: Component;
  /** The node's id; absent where instances are alike. */
  readonly id?: number | undefined;
  readonly image: Image;
  /** Numeric, never 0. */
  readonly user: number;
  /** Program and arguments; empty: the image's own entry point. */
  readonly command: readonly string[];
  readonly env: Readonly<Record<string, string>>;
  /** Environment variables whose value is a logical secret; for programs that cannot read a file. */
  readonly secretEnv: Readonly<Record<string, string>>;
  readonly files: readonly RuntimeFile[];
  readonly secretFiles: readonly SecretFile[];
  readonly ports: readonly Port[];
  readonly volumes: readonly Volume[];
  /** Directories the process writes to that may be lost with the container. */
  readonly scratch: readonly string[];
  /** Whether `agentDirectory` must hold the project's agents before the start. */
  readonly needsAgents: boolean;
  readonly replicas: number;
  /** bytes */
  readonly memory: number;
  /** thousandths of a core */
  readonly cpu: { readonly request: number; readonly limit?: number | undefined };
  readonly startup?: Probe | undefined;
  readonly readiness?: Probe | undefined;
  readonly liveness?: Probe | undefined;
  /** How long a stop may take before the process is killed, in seconds. */
  readonly stopGraceSeconds: number;
}

export type Component =
  | 'kafka'
  | 'zookeeper'
  | 'schema-registry'
  | 'connect'
  | 'kafka-ui'
  | 'ksqldb'
  | 'rest-proxy'
  | 'redis'
  | 'prometheus'
  | 'grafana'
  | 'lag-exporter'
  | 'mirror-maker'
  | 'convergence'
  | 'backup';

/** Where every process finds what it is given. The same on every platform. */
export const configDirectory = '/etc/kafkon';
export const secretDirectory = '/etc/kafkon-secrets';
export const agentDirectory = '/opt/kafkon/agents';
