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

/** Whether there is a file that this process may run. */
export function isExecutable(path: string): boolean {
  try {
    accessSync(path, constants.X_OK);
    return true;
  } catch {
    return false;
  }
}

/** The executable file of this name in the first folder of the PATH that has one. */
export function onPath(command: string): string | undefined {
  const folders = (process.env.PATH ?? '').split(delimiter).filter((folder) => folder !== '');
  return folders.map((folder) => join(folder, command)).find(isExecutable);
}

/** The machine that this process runs on. */
export const thisHost: Host = {
  env: process.env,
  has: (command) => onPath(command) !== undefined,
  succeeds: (command, args) => spawnSync(command, [...args], { stdio: 'ignore', timeout: PATIENCE_MS }).status === 0,
};
