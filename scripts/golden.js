// Rewrites the reviewed files under test/golden: `npm run golden`. `npm run golden -- kubernetes/kraft/production` adds an environment
// to the manifests.
// Dashboards and desired states are left out of the manifests: they are long, and tests of their own look into them.
const { existsSync, mkdirSync, readdirSync, rmSync, writeFileSync } = require('node:fs');
const { join } = require('node:path');
const { terraformOf } = require('../build/lib/docker/index.js');
const { environmentLoader, nodeFileSystem } = require('../build/lib/environment/index.js');
const { manifestsOf } = require('../build/lib/kubernetes/index.js');
const { reviewedTerraform } = require('./reviewed-terraform.js');

const root = join(__dirname, '..');
const golden = join(root, 'test', 'golden');
const reviewed = (files) => new Map([...files].map(([name, text]) => [name, reviewedTerraform(text)]));
const platforms = { kubernetes: manifestsOf, docker: (environment) => reviewed(terraformOf(environment)) };
const folders = (path) => (existsSync(path) ? readdirSync(path) : []);
const loader = environmentLoader(nodeFileSystem(root));
const known = [
  ...folders(join(golden, 'kubernetes')).flatMap((group) =>
    folders(join(golden, 'kubernetes', group)).map((name) => `kubernetes/${group}/${name}`),
  ),
  // A stack is one file, so every environment has its place; manifests are many, so a few environments stand for all.
  ...loader.discover().environments.flatMap(({ id, abstract }) => (abstract ? [] : [`docker/${id}`])),
];

for (const place of new Set([...known, ...process.argv.slice(2)])) {
  const [platform, ...id] = place.split('/');
  const { environment, problems } = loader.load(id.join('/'));
  if (environment === undefined) throw new Error(problems.map(({ message }) => message).join('\n'));
  const files = platforms[platform](environment);
  const folder = join(golden, place);
  rmSync(folder, { recursive: true, force: true });
  mkdirSync(folder, { recursive: true });
  for (const [name, text] of files) {
    if (!/-configmap-.*-(dashboard-.*|desired(-\d+)?)\.yaml$/.test(name)) writeFileSync(join(folder, name), text);
  }
}
