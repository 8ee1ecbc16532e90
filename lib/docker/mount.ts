/** Something of the host in a container, as the provider takes it. */
export interface Mount {
  readonly type: 'bind' | 'volume';
  readonly source: string;
  /** Absolute, inside the container. */
  readonly target: string;
  readonly readOnly?: boolean;
}
