import { Option } from 'commander';
import type { Context, ExitCode } from './context';

/** Runs a command's action and keeps its exit code. */
export type Run = (action: (context: Context) => Promise<ExitCode>) => Promise<void>;

/** `-o text|json`, the same on every command. */
export function outputOption(): Option {
  return new Option('-o, --output <form>', 'how to print the result').choices(['text', 'json']).default('text');
}

/** `--environments <directory>`, the same on every command. */
export function directoryOption(): Option {
  return new Option('--environments <directory>', 'where the environment files are').default('environments');
}

/** `--project-name, --all are`: options as one writes them, from the names that they have as values, and the verb that follows. */
export function flagsAre(names: readonly string[]): string {
  const flags = names.map((name) => `--${name.replace(/[A-Z]/g, (letter) => `-${letter.toLowerCase()}`)}`);
  return `${flags.join(', ')} ${flags.length === 1 ? 'is' : 'are'}`;
}
