import type { Outcome } from './admin';

/** The workers of Kafka Connect. */
export interface ConnectCluster {
  /** All connectors with their settings and states, in one request. */
  connectors(): Promise<ReadonlyMap<string, Connector>>;
  /** What is wrong with settings, by setting; empty when nothing is. */
  validate(config: ConnectorConfig): Promise<ReadonlyMap<string, readonly string[]>>;
  /**
   * Creates a connector or replaces all of its settings. One that is created is in the state with which it `begins`; workers before
   * Kafka 3.7 let it run. What is there keeps its state.
   */
  put(name: string, config: ConnectorConfig, options?: { readonly begins?: 'paused' | 'stopped' }): Promise<Outcome>;
  pause(name: string): Promise<Outcome>;
  resume(name: string): Promise<Outcome>;
  /** Takes all of its tasks down; `not-found` from workers before Kafka 3.5. Resuming brings them back. */
  stop(name: string): Promise<Outcome>;
  /** Restarts the connector and those of its tasks that have failed. */
  restart(name: string): Promise<Outcome>;
  remove(name: string): Promise<Outcome>;
  requestsSent(): number;
}

export type ConnectorConfig = Readonly<Record<string, string>>;

export interface Connector {
  readonly type: 'source' | 'sink' | 'unknown';
  /** As it was given; a secret in it is a placeholder of the workers' own (`${file:…}`). */
  readonly config: ConnectorConfig;
  readonly state: ConnectorState;
  readonly tasks: readonly { readonly id: number; readonly state: ConnectorState; readonly trace?: string }[];
}

export type ConnectorState = 'unassigned' | 'running' | 'paused' | 'stopped' | 'failed' | 'restarting' | 'unknown';
