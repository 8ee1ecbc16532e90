/** What every object has. */
export interface Metadata {
  readonly name: string;
  readonly namespace?: string;
  readonly uid?: string;
  readonly labels?: Readonly<Record<string, string>>;
  readonly annotations?: Readonly<Record<string, string>>;
  readonly deletionTimestamp?: string;
}

/** Any object. */
export interface Item {
  readonly kind: string;
  readonly metadata: Metadata;
  readonly spec?: object;
}

/** How one container of a pod is. */
export interface ContainerStatus {
  readonly name: string;
  readonly ready: boolean;
  readonly restartCount: number;
  readonly state: { readonly running?: object; readonly waiting?: { readonly reason?: string }; readonly terminated?: object };
}

/** A pod as far as the suites look into it. */
export interface Pod {
  readonly metadata: Metadata;
  readonly spec: { readonly containers: readonly { readonly name: string; readonly image: string }[] };
  readonly status: {
    readonly phase: string;
    readonly podIP?: string;
    readonly conditions?: readonly { readonly type: string; readonly status: string }[];
    readonly containerStatuses?: readonly ContainerStatus[];
  };
}

/** A Job as far as the suites look into it. */
export interface Job {
  readonly metadata: Metadata;
  readonly status: { readonly succeeded?: number; readonly failed?: number };
}

/** A Service as far as the suites look into it. */
export interface Service {
  readonly metadata: Metadata;
  readonly spec: { readonly ports: readonly { readonly name: string; readonly port: number; readonly nodePort?: number }[] };
}

/** Whether a pod is ready and is not on its way out. */
export function isReady({ metadata, status }: Pod): boolean {
  return (
    metadata.deletionTimestamp === undefined && (status.conditions ?? []).some(({ type, status: is }) => type === 'Ready' && is === 'True')
  );
}

/** How often the containers of a pod were started again. */
export function restarts({ status }: Pod): number {
  return (status.containerStatuses ?? []).reduce((sum, { restartCount }) => sum + restartCount, 0);
}
