import { spawnSync } from 'node:child_process';
import { cpSync, existsSync, mkdirSync } from 'node:fs';
import { homedir } from 'node:os';
import { join } from 'node:path';
import { type Cost, timed } from './timed-process';
import { type Workload, writeEnvironment, writeFloorInput } from './workload';

/** Somebody who makes a cluster hold a workload. */
export interface Contender {
  readonly name: string;
  /** Writes what it reads; gives what applies it once. */
  prepare(folder: string, workload: Workload): Ready;
}

export interface Ready {
  /** @throws when it fails; `TooSlow` at its deadline, where it has one */
  apply(address: string, drifted: boolean): Promise<Cost>;
  /** Forgets what it keeps beside the cluster, which was emptied behind its back. @default - it keeps nothing */
  forget?(): void;
}

const root = process.cwd();

/** The command line as a user starts it: Node's own start is in the time. */
export const kafkon: Contender = {
  name: 'kafkon',
  prepare: (folder, workload) => {
    const [declared, drifted] = [false, true].map((changed) => writeEnvironment(folder, workload, changed));
    return {
      apply: (address, changed) => {
        const { directory = '', id = '' } = (changed ? drifted : declared) ?? {};
        const words = ['apply', id, '--environments', directory, '--bootstrap-server', address, '--listener', 'CLIENT', '--yes'];
        return timed(process.execPath, [join(root, 'build', 'apps', 'cli', 'main.js'), ...words]);
      },
    };
  },
};

/** The fewest requests there can be, in Go; undefined, with the reason on the terminal, where it can't be built. */
export function floor(): Contender | undefined {
  const binary = build();
  if (binary === undefined) return undefined;
  return {
    name: 'floor',
    prepare: (folder, workload) => {
      const [declared, drifted] = [false, true].map((changed) => writeFloorInput(folder, workload, changed));
      return { apply: (address, changed) => timed(binary, [address, (changed ? drifted : declared) ?? '']) };
    },
  };
}

/** Builds the floor program outside of the project: its dependencies are no business of it. */
function build(): string | undefined {
  const folder = join(process.env.XDG_CACHE_HOME ?? join(homedir(), '.cache'), 'kafkon-bench', 'floor');
  mkdirSync(folder, { recursive: true });
  cpSync(join(root, 'bench', 'converge', 'floor'), folder, { recursive: true });
  const binary = join(folder, 'floor');
  const { status, error, stderr } = spawnSync('go', ['build', '-trimpath', '-o', binary, '.'], { cwd: folder, encoding: 'utf8' });
  if (status === 0 && existsSync(binary)) return binary;
  console.log(`SKIPPED: the floor program, which needs Go and its module proxy: ${error?.message ?? stderr}`);
  return undefined;
}
