// Rewrites the reviewed files under test/golden: `npm run golden`. `npm run golden -- kubernetes/kraft/production` or
// `… docker/kraft/production` adds an environment to them.
// Dashboards and desired states are left out of the manifests: they are long, and tests of their own look into them.
const { existsSync, mkdirSync, readdirSync, rmSync, writeFileSync } = require('node:fs');
const { join } = require('node:path');
const { terraformOf } = require('../build/lib/docker/index.js');
const { environmentLoader, nodeFileSystem } = require('../build/lib/environment/index.js');
const { manifestsOf } = require('../build/lib/kubernetes/index.js');

const root = join(__dirname, '..');
const golden = join(root, 'test', 'golden');
const platforms = { kubernetes: manifestsOf, docker: terraformOf };
const folders = (path) => (existsSync(path) ? readdirSync(path) : []);
const known = Object.keys(platforms).flatMap((platform) =>
  folders(join(golden, platform)).flatMap((group) => folders(join(golden, platform, group)).map((name) => `${platform}/${group}/${name}`)),
);

for (const place of new Set([...known, ...process.argv.slice(2)])) {
  const [platform, ...id] = place.split('/');
  const { environment, problems } = environmentLoader(nodeFileSystem(root)).load(id.join('/'));
  if (environment === undefined) throw new Error(problems.map(({ message }) => message).join('\n'));
  const files = platforms[platform](environment);
  const folder = join(golden, place);
  rmSync(folder, { recursive: true, force: true });
  mkdirSync(folder, { recursive: true });
  for (const [name, text] of files) {
    if (!/-configmap-.*-(dashboard-.*|desired(-\d+)?)\.yaml$/.test(name)) writeFileSync(join(folder, name), text);
  }
}
