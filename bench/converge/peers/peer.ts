import type { Ready } from '../contender';
import type { HowToRun } from '../timed-process';
import type { ByEdit, Desired } from '../workload';

/** A program of others that does what kafkon does to a cluster, as far as it goes. */
export interface Peer {
  readonly name: string;
  /** Its executable's name, looked for on the PATH. */
  readonly program: string;
  /** The environment variable that names the executable, where it is not on the PATH. */
  readonly variable: string;
  /** Where it is to be had. */
  readonly source: string;
  /** Writes what it reads into a folder, which is there and its own; gives what applies it once. */
  prepare(program: string, folder: string, states: ByEdit<Desired>, limits: Limits): Ready;
}

export type Limits = Required<Pick<HowToRun, 'deadline'>>;
