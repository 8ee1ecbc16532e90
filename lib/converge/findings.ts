import type { RecordOwnership, Step } from './step';

/** Something to know that makes no step. */
export interface Note {
  readonly code: string;
  readonly message: string;
  /** Whether the cluster is not as declared for it, although nothing may be done about it without leave. @default false */
  readonly drift?: true;
}

/** What the planners of each kind of thing find. */
export interface Findings {
  readonly steps: readonly Step[];
  readonly notes: readonly Note[];
  /** What the record of what is owned says and is no longer so. */
  readonly outdated?: Partial<Pick<RecordOwnership, 'topics' | 'users' | 'acls' | 'quotas' | 'schemas' | 'connectors'>>;
}
