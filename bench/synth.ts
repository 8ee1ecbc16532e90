import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { environmentLoader, nodeFileSystem } from '../lib/environment';
import { manifestsOf } from '../lib/kubernetes';
import type { Environment } from '../lib/model';
import { type Contender, measure, present } from './measure';

/**
 * What synthesis costs: all environments in one run, beside the start of Node alone, and beside one `helm template` for each
 * environment, of a chart that holds its very manifests and no logic: the least that helm can cost. Both write a file an object.
 * Prints ratios; helm is left out where it is not installed.
 */
const root = process.cwd();
const program = join(root, 'build', 'apps', 'cli', 'main.js');
const runs = Number(process.argv[2] ?? 7);
const loader = environmentLoader(nodeFileSystem(root));
const environments = loader
  .discover()
  .environments.filter(({ abstract }) => !abstract)
  .flatMap(({ id }) => loader.load(id).environment ?? []);
const scratch = mkdtempSync(join(tmpdir(), 'kafkon-bench-'));

try {
  const contenders: Contender[] = [
    { name: 'node alone', program: process.execPath, calls: [['-e', '0']] },
    { name: 'kafkon validate, all', program: process.execPath, calls: [[program, 'validate']] },
    {
      name: 'kafkon synth, Kubernetes',
      program: process.execPath,
      calls: [[program, 'synth', '--platform', 'kubernetes', '--outdir', join('build', 'bench-output')]],
      before: () => rmSync(join(root, 'build', 'bench-output'), { recursive: true, force: true }),
    },
    {
      name: 'the same, nothing changed',
      program: process.execPath,
      calls: [[program, 'synth', '--platform', 'kubernetes', '--outdir', join('build', 'bench-output')]],
    },
    {
      name: 'kafkon synth, Docker',
      program: process.execPath,
      calls: [[program, 'synth', '--platform', 'docker', '--outdir', join('build', 'bench-output')]],
    },
  ];
  if (present('helm', 'version')) {
    contenders.push({
      name: 'helm template, one each',
      program: 'helm',
      calls: environments.map(helmCall),
      before: () => rmSync(join(scratch, 'helm'), { recursive: true, force: true }),
    });
  } else {
    console.log('helm is not installed: no peer in this run');
  }
  const results = measure(contenders, runs);
  const floor = results[0]?.wall ?? 1;
  console.log(`${environments.length} environments, median of ${runs} runs`);
  for (const { name, wall } of results) {
    const each = name.endsWith('alone') ? '' : `, ${(wall / environments.length).toFixed(1)} ms an environment`;
    console.log(`${name.padEnd(26)} ${wall.toFixed(0).padStart(6)} ms   ${(wall / floor).toFixed(2)} × node${each}`);
  }
  const ours = results.find(({ name }) => name.startsWith('kafkon synth, Kubernetes'))?.wall ?? 0;
  const helm = results.find(({ name }) => name.startsWith('helm'))?.wall;
  if (helm !== undefined) console.log(`kafkon synth for Kubernetes / helm template: ${(ours / helm).toFixed(2)}`);
} finally {
  rmSync(scratch, { recursive: true, force: true });
  rmSync(join(root, 'build', 'bench-output'), { recursive: true, force: true });
}

/** The call that renders a chart whose templates are the manifests of one environment, and nothing else. */
function helmCall(environment: Environment, index: number): readonly string[] {
  const directory = join(scratch, `chart-${index}`);
  mkdirSync(join(directory, 'templates'), { recursive: true });
  writeFileSync(join(directory, 'Chart.yaml'), 'apiVersion: v2\nname: bench\nversion: 1.0.0\n');
  for (const [name, text] of manifestsOf(environment)) {
    // Helm would take Prometheus' own templates for its own, unless they are quoted.
    const quoted = text.replaceAll('{{', '{{ "{{" }}');
    if (name !== 'kustomization.yaml') writeFileSync(join(directory, 'templates', name), quoted);
  }
  return ['template', 'bench', directory, '--output-dir', join(scratch, 'helm', String(index))];
}
