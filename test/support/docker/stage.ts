import { cpSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { afterAll, beforeAll } from '@jest/globals';
import { type Engine, engineAddress, nodeEngine, type Terraform } from '../../../lib/lifecycle';
import { temporaryFolders } from '../temporary-folder';
import { kafkonIn, type Run } from './kafkon';
import { suiteTerraform } from './suite-terraform';

/** A folder with one environment, and the command line in it. */
export interface Stage {
  readonly folder: string;
  /** Where the Terraform of the environment and its state are. */
  readonly directory: string;
  readonly stateFile: string;
  /** With the real provider where it can be had, else a stand-in. */
  readonly terraform: Terraform;
  readonly engine: Engine;
  /** Fails with all that was printed when the exit code is not 0. */
  kafkon(...words: readonly string[]): Promise<Run>;
  /** The same, whatever the exit code is. */
  attempt(...words: readonly string[]): Promise<Run>;
  /** Changes the environment's file. */
  edit(change: (text: string) => string): void;
}

/** A stage for `environments/<name>.yaml` beside the suite; what an earlier run or this one leaves behind is taken away. */
export function stageOf(name: string, ...options: readonly string[]): () => Stage {
  let stage: Stage | undefined;
  const clean = async () => {
    await stage?.attempt('down', name, '--force', '--volumes', '--yes', ...options);
  };
  // Before the folder goes, which is the next to be registered.
  afterAll(clean);
  const newFolder = temporaryFolders();
  beforeAll(async () => {
    const folder = newFolder(`e2e-${name}`);
    const file = join(folder, 'environments', `${name}.yaml`);
    cpSync(join(__dirname, '..', '..', 'e2e', 'docker', 'environments', `${name}.yaml`), file);
    const { terraform, stateFile } = await suiteTerraform();
    process.stderr.write(`${name}: through ${await terraform.version()}\n`);
    const attempt = kafkonIn(folder, terraform);
    const directory = join(folder, 'dist', 'docker', name);
    stage = {
      folder,
      directory,
      stateFile: join(directory, stateFile),
      terraform,
      engine: nodeEngine(engineAddress(process.env)),
      attempt,
      kafkon: async (...words) => {
        const run = await attempt(...words);
        if (run.code !== 0) throw new Error(`kafkon ${words.join(' ')}: exit code ${run.code}\n${run.err}${run.out}`);
        return run;
      },
      edit: (change) => writeFileSync(file, change(readFileSync(file, 'utf8'))),
    };
    await clean();
  });
  return () => {
    if (stage === undefined) throw new Error('the stage is set before the first test');
    return stage;
  };
}
