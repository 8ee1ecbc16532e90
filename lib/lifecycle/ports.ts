import type { Engine } from './engine';
import type { Host } from './host';
import type { Terraform } from './terraform';

/** Everything outside that the life cycle acts on. */
export interface Ports {
  readonly engine: Engine;
  readonly terraform: Terraform;
  readonly host: Host;
}

/** Told what is being done, a line at a time. */
export type Report = (line: string) => void;
