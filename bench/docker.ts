import { cpSync, mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { engineAddress, nodeEngine, type Terraform } from '../lib/lifecycle';
import { kafkonIn } from '../test/support/docker/kafkon';
import { suiteTerraform } from '../test/support/docker/suite-terraform';
import { measure } from './measure';

/**
 * What bringing an environment up on Docker costs, and whose time it is: synthesis, a plan and an apply with nothing to do, and a full
 * up of three ZooKeeper servers and three brokers, all secured. Of up, what goes to Terraform with the provider (or to the stand-in, where
 * the provider cannot be had), to containers that become healthy, and to topics, users and grants; the rest is ours. Needs an engine with
 * the images of the end-to-end suites.
 */
const root = process.cwd();
const runs = Number(process.argv[2] ?? 3);
const folder = mkdtempSync(join(tmpdir(), 'kafkon-bench-docker-'));
const name = 'zookeeper';
cpSync(join(root, 'test', 'e2e', 'docker', 'environments'), join(folder, 'environments'), { recursive: true });

/** Milliseconds by what they were spent on. */
const spent = new Map<string, number>();

/** Adds the time of every call to `spent`, and says when one has begun and is done. */
function timed(terraform: Terraform, begun: () => void, done: () => void): Terraform {
  const watch =
    <Words extends readonly unknown[], Answer>(what: string, call: (...words: Words) => Promise<Answer>) =>
    async (...words: Words): Promise<Answer> => {
      const start = performance.now();
      begun();
      try {
        return await call(...words);
      } finally {
        spent.set(what, (spent.get(what) ?? 0) + performance.now() - start);
        done();
      }
    };
  return {
    version: terraform.version,
    init: watch('terraform init', terraform.init),
    plan: watch('terraform plan', terraform.plan),
    apply: watch('terraform apply', terraform.apply),
    destroy: watch('terraform destroy', terraform.destroy),
    resources: terraform.resources,
    forget: terraform.forget,
  };
}

async function main(): Promise<void> {
  const program = join(root, 'build', 'apps', 'cli', 'main.js');
  const words = [
    program,
    'synth',
    '--platform',
    'docker',
    name,
    '--environments',
    join(folder, 'environments'),
    '--outdir',
    join(folder, 'out'),
  ];
  const [node, synth] = measure(
    [
      { name: 'node alone', program: process.execPath, calls: [['-e', '0']] },
      { name: 'synth', program: process.execPath, calls: [words] },
    ],
    runs,
  );
  console.log(`node alone            ${line(node?.wall)}`);
  console.log(`synth, whole process  ${line(synth?.wall)}`);
  const { terraform, real } = await suiteTerraform();
  console.log(`through ${await terraform.version()}${real ? '' : ': the provider cannot be had here'}`);
  /** Of the last command, when Terraform was last done, when all was healthy, and when the first service was told to stop. */
  let [applied, healthy, stopping] = [0, 0, 0];
  const kafkon = kafkonIn(
    folder,
    timed(
      terraform,
      () => {
        if (stopping > 0) spent.set('services stop', performance.now() - stopping);
        stopping = 0;
      },
      () => {
        applied = performance.now();
      },
    ),
    (text) => {
      if (text.includes('is the active controller')) healthy = performance.now();
      if (/ stops?\n$/.test(text) && stopping === 0) stopping = performance.now();
    },
  );
  const clock = async (title: string, ...command: readonly string[]) => {
    spent.clear();
    [applied, healthy, stopping] = [0, 0, 0];
    const start = performance.now();
    const { code, err } = await kafkon(...command);
    const end = performance.now();
    if (code !== 0) throw new Error(`kafkon ${command.join(' ')}: ${err}`);
    if (healthy > applied) {
      spent.set('containers become healthy', healthy - applied);
      spent.set('topics, users and grants', end - healthy);
    }
    const theirs = [...spent.values()].reduce((sum, each) => sum + each, 0);
    console.log(`${title.padEnd(22)}${line(end - start)}`);
    for (const [what, milliseconds] of [...spent, ['the rest, ours', end - start - theirs] as const])
      console.log(`  ${what.padEnd(26)}${line(milliseconds)} ${`${Math.round((milliseconds / (end - start)) * 100)} %`.padStart(5)}`);
  };
  const alone = async (title: string, call: () => Promise<unknown>) => {
    const start = performance.now();
    await call();
    console.log(`${title.padEnd(22)}${line(performance.now() - start)}`);
  };
  try {
    await nodeEngine(engineAddress(process.env)).info();
    await kafkon('secrets', name, 'init');
    await clock('up, full', 'up', name);
    await clock('up, nothing to do', 'up', name);
    const directory = join(folder, 'dist', 'docker', name);
    await alone('plan alone, no-op', () => terraform.plan(directory));
    await alone('apply alone, no-op', () => terraform.apply(directory, {}, () => {}));
    await clock('status', 'status', name);
    await clock('down', 'down', name, '--volumes', '--yes');
  } finally {
    await kafkon('down', name, '--force', '--volumes', '--yes');
    rmSync(folder, { recursive: true, force: true });
  }
}

function line(milliseconds: number | undefined): string {
  return `${(milliseconds ?? 0).toFixed(0).padStart(6)} ms`;
}

main().catch((error: unknown) => {
  console.error(error);
  process.exitCode = 1;
});
