import { cpSync, mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { engineAddress, nodeEngine, nodeTerraform, type Terraform } from '../lib/lifecycle';
import { kafkonIn } from '../test/support/docker/kafkon';
import { terraformStandIn } from '../test/support/docker/terraform-stand-in';
import { measure } from './measure';

/**
 * What bringing an environment up on Docker costs, and whose time it is: synthesis, a plan and an apply with nothing to do, and a full
 * up. Of up, the share that Terraform (or its stand-in, where the provider cannot be had) takes, the share in which containers start
 * and become healthy, and the rest, which is ours. Needs an engine with the images of the end-to-end suites.
 */
const root = process.cwd();
const runs = Number(process.argv[2] ?? 3);
const folder = mkdtempSync(join(tmpdir(), 'kafkon-bench-docker-'));
const name = 'zookeeper';
cpSync(join(root, 'test', 'e2e', 'docker', 'environments'), join(folder, 'environments'), { recursive: true });

/** Milliseconds by what they were spent on. */
const spent = new Map<string, number>();

/** Adds the time of every call to `spent`. */
function timed(terraform: Terraform): Terraform {
  const watch =
    <Words extends readonly unknown[], Answer>(what: string, call: (...words: Words) => Promise<Answer>) =>
    async (...words: Words): Promise<Answer> => {
      const start = performance.now();
      try {
        return await call(...words);
      } finally {
        spent.set(what, (spent.get(what) ?? 0) + performance.now() - start);
      }
    };
  return {
    version: terraform.version,
    init: watch('init', terraform.init),
    plan: watch('plan', terraform.plan),
    apply: watch('apply', terraform.apply),
    destroy: watch('destroy', terraform.destroy),
    resources: terraform.resources,
    forget: terraform.forget,
  };
}

async function provider(): Promise<Terraform> {
  const real = nodeTerraform(process.env);
  const there = await kafkonIn(folder)('synth', '--platform', 'docker', name)
    .then(() => real.init(join(folder, 'dist', 'docker', name), () => {}))
    .then(
      () => true,
      () => false,
    );
  console.log(there ? `through ${await real.version()}` : 'the provider cannot be had here: through the test-only stand-in for Terraform');
  return there ? real : terraformStandIn();
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
  const kafkon = kafkonIn(folder, timed(await provider()));
  const clock = async (title: string, ...command: readonly string[]) => {
    spent.clear();
    const start = performance.now();
    const { code, err } = await kafkon(...command);
    const all = performance.now() - start;
    if (code !== 0) throw new Error(`kafkon ${command.join(' ')}: ${err}`);
    const parts = [...spent].map(([what, milliseconds]) => `${what} ${line(milliseconds)}`).join(', ');
    const theirs = [...spent.values()].reduce((sum, each) => sum + each, 0);
    console.log(`${title.padEnd(21)} ${line(all)}   Terraform's ${Math.round((theirs / all) * 100)} % (${parts})`);
  };
  try {
    await nodeEngine(engineAddress(process.env)).info();
    await clock('up, full', 'up', name);
    await clock('up, nothing to do', 'up', name);
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
