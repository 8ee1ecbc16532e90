/** What a plan would do with one resource. */
export interface Change {
  /** `docker_container.kafka-1` */
  readonly address: string;
  readonly action: 'create' | 'update' | 'replace' | 'delete';
  /** What is to be deleted: its name on the Docker host, and its labels. */
  readonly was?: { readonly name: string; readonly labels: Readonly<Record<string, string>> };
}

export interface TerraformOptions {
  /** The addresses to keep to, with what they depend on. @default - everything */
  readonly targets?: readonly string[] | undefined;
}

/** Told of every line that the program prints. */
export type Progress = (line: string) => void;

/** Terraform or OpenTofu on one directory with a `cdk.tf.json`. Everything fails with a `LifecycleError` that holds what it said. */
export interface Terraform {
  /** For messages: `terraform 1.11.4`. Fails when there is none. */
  version(): Promise<string>;
  init(directory: string, progress: Progress): Promise<void>;
  /** What `apply` would do; empty: nothing. */
  plan(directory: string, options?: TerraformOptions): Promise<readonly Change[]>;
  apply(directory: string, options: TerraformOptions, progress: Progress): Promise<void>;
  destroy(directory: string, options: TerraformOptions, progress: Progress): Promise<void>;
  /** The addresses in the state. */
  resources(directory: string): Promise<readonly string[]>;
  /** Takes addresses out of the state, those that are in it, and leaves what they stand for alone. */
  forget(directory: string, addresses: readonly string[]): Promise<void>;
}
