/** What a Docker Engine says of itself. */
export interface EngineInfo {
  readonly version: string;
  /** bytes */
  readonly memory: number;
  readonly cpus: number;
  /** Where the engine keeps images and volumes, on its own machine. */
  readonly rootDirectory: string;
  /** Whether the engine runs on this machine, so that its ports and disk can be looked at. */
  readonly local: boolean;
}

export type Health = 'healthy' | 'unhealthy' | 'starting' | 'none';

/** A container as the engine has it. */
export interface ContainerState {
  readonly id: string;
  readonly name: string;
  readonly state: 'created' | 'running' | 'paused' | 'restarting' | 'removing' | 'exited' | 'dead';
  readonly health: Health;
  /** What the last health check printed; empty without one. */
  readonly healthOutput: string;
  /** Its health check as a command to run inside; empty without one. */
  readonly healthCheck: readonly string[];
  readonly exitCode: number;
  readonly startedAt: Date;
  readonly restarts: number;
  readonly image: string;
  readonly labels: Readonly<Record<string, string>>;
  readonly ports: readonly { readonly host: number; readonly container: number }[];
}

/** A network of the engine. */
export interface NetworkState {
  readonly id: string;
  readonly name: string;
  /** The names of the containers in it. */
  readonly containers: readonly string[];
}

export interface LogOptions {
  readonly follow: boolean;
  /** How many lines from the end. @default - all */
  readonly tail?: number | undefined;
  readonly signal?: AbortSignal | undefined;
}

/** What a command inside a container came to. */
export interface Execution {
  readonly code: number;
  /** stdout and stderr. */
  readonly output: string;
}

/** A Docker Engine, as the life cycle needs one. Everything fails with a `LifecycleError` when no engine answers. */
export interface Engine {
  info(): Promise<EngineInfo>;
  /** Whether an image is on the engine's machine. */
  hasImage(reference: string): Promise<boolean>;
  /** Why an image cannot be pulled; undefined when it can. */
  whyNotPullable(reference: string): Promise<string | undefined>;
  pullImage(reference: string): Promise<void>;
  /** Undefined when there is none of that name. */
  container(name: string): Promise<ContainerState | undefined>;
  /** Containers that bear a label with a value, stopped ones too. */
  labelled(label: string, value?: string): Promise<readonly ContainerState[]>;
  /** The bytes that a running container uses, without the cache of the file system. */
  memory(name: string): Promise<number | undefined>;
  start(name: string): Promise<void>;
  /** Sends the stop signal, and kills what is still there after `seconds`. */
  stop(name: string, seconds: number): Promise<void>;
  removeContainer(name: string): Promise<void>;
  /** Every line of stdout and stderr, as it comes. */
  logs(name: string, options: LogOptions, line: (text: string) => void): Promise<void>;
  /** Runs a command in a running container and waits for it. Fails when `timeoutSeconds` are over. @default timeoutSeconds - no end */
  run(name: string, command: readonly string[], options?: { readonly timeoutSeconds?: number }): Promise<Execution>;
  networks(label: string, value: string): Promise<readonly NetworkState[]>;
  removeNetwork(id: string): Promise<void>;
  /** The names of volumes that bear a label with a value. */
  volumes(label: string, value: string): Promise<readonly string[]>;
  removeVolume(name: string): Promise<void>;
}
