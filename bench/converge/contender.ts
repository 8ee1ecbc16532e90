import { spawnSync } from 'node:child_process';
import { cpSync, existsSync, mkdirSync, rmSync } from 'node:fs';
import { homedir } from 'node:os';
import { join } from 'node:path';
import { type Cost, timed } from './timed-process';
import { byEdit, type Edit, type Workload, writeEnvironment, writeFloorInput } from './workload';

/** Somebody who makes a cluster hold a workload. */
export interface Contender {
  readonly name: string;
  /** Writes what it reads; gives what applies it once. */
  prepare(folder: string, workload: Workload): Ready;
}

export interface Ready {
  /** @throws when it fails; `TooSlow` at its deadline, where it has one */
  apply(address: string, edit: Edit): Promise<Cost>;
  /** Runs once, untimed, so that what an installed program has from the day before is there. @default - there is nothing */
  warmUp?(address: string): Promise<void>;
  /** Forgets what it keeps beside the cluster, which was emptied behind its back: as at its first run. @default - it keeps nothing */
  forget?(): void;
}

const root = process.cwd();

/** The command line as a user starts it: Node's own start is in the time. */
export const kafkon: Contender = {
  name: 'kafkon',
  prepare: (folder, workload) => {
    const environments = byEdit((edit) => writeEnvironment(folder, workload, edit));
    // What it keeps of an environment that it has read would make the next `create` cheaper than a first run is.
    const cache = join(folder, 'kafkon-cache');
    const apply = (address: string, edit: Edit) => {
      const { directory, id } = environments[edit];
      const words = ['apply', id, '--environments', directory, '--bootstrap-server', address, '--listener', 'CLIENT', '--yes'];
      return timed(process.execPath, [join(root, 'build', 'apps', 'cli', 'main.js'), ...words], {
        // The second would come before the first.
        env: { ...process.env, XDG_CACHE_HOME: cache, KAFKON_CACHE_DIR: undefined },
      });
    };
    return {
      apply,
      // V8's own work on the program is kept from the first run of it to the next upgrade.
      warmUp: async (address) => {
        mkdirSync(cache, { recursive: true });
        for (const edit of [0, 1] as const) await apply(address, edit);
      },
      forget: () => rmSync(join(cache, 'kafkon', 'environments'), { recursive: true, force: true }),
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
      const files = byEdit((edit) => writeFloorInput(folder, workload, edit));
      return { apply: (address, edit) => timed(binary, [address, files[edit]]) };
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
