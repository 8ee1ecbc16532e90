// Rewrites the reviewed manifests under test/golden/kubernetes; `npm run golden -- kraft/production` adds an environment to them.
// Dashboards and desired states are left out: they are long, and tests of their own look into them.
const { existsSync, mkdirSync, readdirSync, rmSync, writeFileSync } = require('node:fs');
const { join } = require('node:path');
const { environmentLoader, nodeFileSystem } = require('../build/lib/environment/index.js');
const { manifestsOf } = require('../build/lib/kubernetes/index.js');

const root = join(__dirname, '..');
const golden = join(root, 'test', 'golden', 'kubernetes');
const folders = (path) => (existsSync(path) ? readdirSync(path) : []);
const known = folders(golden).flatMap((group) => folders(join(golden, group)).map((name) => `${group}/${name}`));

for (const id of new Set([...known, ...process.argv.slice(2)])) {
  const { environment, problems } = environmentLoader(nodeFileSystem(root)).load(id);
  if (environment === undefined) throw new Error(problems.map(({ message }) => message).join('\n'));
  const folder = join(golden, id);
  rmSync(folder, { recursive: true, force: true });
  mkdirSync(folder, { recursive: true });
  for (const [name, text] of manifestsOf(environment)) {
    if (!/-configmap-.*-(dashboard-.*|desired(-\d+)?)\.yaml$/.test(name)) writeFileSync(join(folder, name), text);
  }
}
