import { mkdirSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { environmentLoader, nodeFileSystem, renderProblems } from '../lib/environment';
import { manifestsOf } from '../lib/kubernetes';

/** What `cdk8s synth` runs: the manifests of every environment, the same files as `kafkon synth` writes. */
const loader = environmentLoader(nodeFileSystem(process.cwd()));
const loaded = loader
  .discover()
  .environments.filter(({ abstract }) => !abstract)
  .map(({ id }) => loader.load(id));
const errors = loaded.flatMap(({ problems }) => problems).filter(({ severity }) => severity === 'error');
if (errors.length > 0) throw new Error(renderProblems(errors));
for (const { id, environment } of loaded) {
  if (environment === undefined) continue;
  const directory = join(process.env.CDK8S_OUTDIR ?? 'dist/kubernetes', id);
  rmSync(directory, { recursive: true, force: true });
  mkdirSync(directory, { recursive: true });
  for (const [name, text] of manifestsOf(environment)) writeFileSync(join(directory, name), text);
}
