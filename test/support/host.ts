import { spawnSync } from 'node:child_process';
import { accessSync, constants } from 'node:fs';
import { delimiter, join } from 'node:path';

/** What a check may ask of the machine it runs on; tests of the checks pass one of their own. */
export interface Host {
  readonly env: Readonly<Record<string, string | undefined>>;
  /** Whether an executable file of this name is on the PATH. */
  has(command: string): boolean;
  /** Whether the command line ends with exit code 0 within a minute. */
  succeeds(command: string, args: readonly string[]): boolean;
}

const PATIENCE_MS = 60_000;

function isExecutable(path: string): boolean {
  try {
    accessSync(path, constants.X_OK);
    return true;
  } catch {
    return false;
  }
}

/** The machine that this process runs on. */
export const thisHost: Host = {
  env: process.env,
  has: (command) => (process.env.PATH ?? '').split(delimiter).some((folder) => folder !== '' && isExecutable(join(folder, command))),
  succeeds: (command, args) => spawnSync(command, [...args], { stdio: 'ignore', timeout: PATIENCE_MS }).status === 0,
};
