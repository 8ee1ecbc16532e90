import { spawn } from 'node:child_process';
import { existsSync, rmSync } from 'node:fs';
import { basename, join } from 'node:path';
import { fail } from './failure';
import type { Change, Progress, Terraform, TerraformOptions } from './terraform';

/** What a run of the program came to. */
interface Outcome {
  readonly code: number;
  readonly out: string;
  readonly err: string;
}

interface PlannedChange {
  readonly address: string;
  readonly change: {
    readonly actions: readonly string[];
    readonly before?: {
      readonly name?: string;
      readonly labels?: readonly { readonly label: string; readonly value: string }[] | null;
    } | null;
  };
}

const planFile = 'kafkon.tfplan';
/** Where the Terraform of an environment says that its state is. */
const stateFile = 'terraform.tfstate';
const quiet = ['-input=false', '-no-color'];

/** The variable that names the program, by its name on the PATH or its path. @default - `terraform`, else `tofu` */
const terraformVariable = 'KAFKON_TERRAFORM';

/**
 * The program that `KAFKON_TERRAFORM` names, else the one that is on the PATH: `terraform`, else `tofu`. `variables` are the variables of
 * the environment, handed on whole, so that `TF_CLI_CONFIG_FILE` and its like keep their meaning.
 */
export function nodeTerraform(variables: Readonly<Record<string, string | undefined>>): Terraform {
  const env = { CHECKPOINT_DISABLE: '1', ...variables, TF_IN_AUTOMATION: '1' };
  const run = (program: string, words: readonly string[], directory: string | undefined, progress?: Progress) =>
    runProgram(program, words, directory, env, progress);
  let found: Promise<{ program: string; version: string }> | undefined;
  const named = variables[terraformVariable] || undefined;
  const look = async () => {
    for (const program of named === undefined ? ['terraform', 'tofu'] : [named]) {
      const outcome = await run(program, ['version', '-json'], undefined).catch(() => undefined);
      const version = outcome?.code === 0 ? versionIn(outcome.out) : undefined;
      if (version !== undefined) return { program, version };
    }
    return fail(
      'docker/terraform-missing',
      named === undefined
        ? 'neither terraform nor tofu is on the PATH; install one of them, 1.6 or newer'
        : `${terraformVariable} is ${named}, which is no Terraform or OpenTofu that runs here; name one that is on the PATH, or give its path`,
    );
  };
  const which = () => {
    found ??= look();
    return found;
  };
  const succeed = async (
    directory: string,
    words: readonly string[],
    progress?: Progress,
    accepted: readonly number[] = [0],
  ): Promise<Outcome> => {
    const { program } = await which();
    const outcome = await run(program, words, directory, progress);
    if (!accepted.includes(outcome.code)) fail('docker/terraform-failed', `"${program} ${words[0]}" failed: ${reason(outcome)}`);
    return outcome;
  };
  // Without a state file the program fails, and there is nothing to tell.
  const resources = async (directory: string) => {
    if (!existsSync(join(directory, stateFile))) return [];
    const { out } = await succeed(directory, ['state', 'list']);
    return out.split('\n').filter((line) => line !== '' && !line.startsWith('data.'));
  };
  return {
    version: async () => {
      const { program, version } = await which();
      return `${basename(program)} ${version}`;
    },
    init: async (directory, progress) => void (await succeed(directory, ['init', ...quiet], progress)),
    async plan(directory, options = {}) {
      try {
        const { code } = await succeed(
          directory,
          ['plan', ...quiet, '-detailed-exitcode', `-out=${planFile}`, ...targetWords(options)],
          undefined,
          [0, 2],
        );
        if (code === 0) return [];
        const { out } = await succeed(directory, ['show', '-json', planFile]);
        return changesOf((JSON.parse(out) as { resource_changes?: readonly PlannedChange[] }).resource_changes ?? []);
      } finally {
        rmSync(join(directory, planFile), { force: true });
      }
    },
    apply: async (directory, options, progress) =>
      void (await succeed(directory, ['apply', '-auto-approve', ...quiet, ...targetWords(options)], progress)),
    destroy: async (directory, options, progress) =>
      void (await succeed(directory, ['destroy', '-auto-approve', ...quiet, ...targetWords(options)], progress)),
    resources,
    async forget(directory, addresses) {
      const known = new Set(await resources(directory));
      const wanted = addresses.filter((address) => known.has(address));
      if (wanted.length > 0) await succeed(directory, ['state', 'rm', ...wanted]);
    },
  };
}

/** Resources that the plan would touch, each with one word for what it would do. */
export function changesOf(planned: readonly PlannedChange[]): readonly Change[] {
  return planned.flatMap(({ address, change: { actions, before } }): Change[] => {
    if (actions.includes('delete') && actions.includes('create')) return [{ address, action: 'replace' }];
    if (actions.includes('delete')) {
      const labels = Object.fromEntries((before?.labels ?? []).map(({ label, value }) => [label, value]));
      return [{ address, action: 'delete', was: { name: before?.name ?? address, labels } }];
    }
    if (actions.includes('create')) return [{ address, action: 'create' }];
    return actions.includes('update') ? [{ address, action: 'update' }] : [];
  });
}

/** What both programs call the version of themselves. */
function versionIn(text: string): string | undefined {
  try {
    return (JSON.parse(text) as { terraform_version?: string }).terraform_version;
  } catch {
    return undefined;
  }
}

function targetWords({ targets = [] }: TerraformOptions): string[] {
  return targets.map((target) => `-target=${target}`);
}

/** What the program said of its failure, without its frame of lines. */
function reason({ out, err }: Outcome): string {
  const lines = `${err}\n${out}`.split('\n').map((line) => line.replace(/^[\s\u2502\u2577\u2575]+/, '').trim());
  const start = lines.findIndex((line) => line.startsWith('Error: '));
  return lines
    .slice(Math.max(start, 0))
    .filter((line) => line !== '')
    .slice(0, 12)
    .join(' ');
}

function runProgram(
  program: string,
  words: readonly string[],
  directory: string | undefined,
  env: Readonly<Record<string, string | undefined>>,
  progress: Progress = () => {},
): Promise<Outcome> {
  return new Promise((resolve, reject) => {
    const child = spawn(program, words, {
      ...(directory === undefined ? {} : { cwd: directory }),
      env: { ...env },
      stdio: ['ignore', 'pipe', 'pipe'],
    });
    // A Ctrl-C reaches the program too, which then ends in good order and writes its state: wait for that.
    const wait = () => {};
    process.on('SIGINT', wait);
    let [out, err, rest] = ['', '', ''];
    // A piece may end in the middle of a character: the streams keep that back.
    child.stdout.setEncoding('utf8').on('data', (text: string) => {
      out += text;
      const lines = (rest + text).split('\n');
      rest = lines.pop() ?? '';
      for (const line of lines) progress(line);
    });
    child.stderr.setEncoding('utf8').on('data', (text: string) => {
      err += text;
    });
    const done = () => process.off('SIGINT', wait);
    child.once('error', (error) => {
      done();
      reject(error);
    });
    child.once('close', (code) => {
      done();
      resolve({ code: code ?? -1, out, err });
    });
  });
}
