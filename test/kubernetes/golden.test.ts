import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from '@jest/globals';
import { parse } from 'yaml';
import { environmentLoader, nodeFileSystem } from '../../lib/environment';
import { manifestsOf } from '../../lib/kubernetes';

const root = join(__dirname, '..', '..');
const golden = join(root, 'test', 'golden', 'kubernetes');
const loader = environmentLoader(nodeFileSystem(root));
const ids = readdirSync(golden).flatMap((group) => readdirSync(join(golden, group)).map((name) => `${group}/${name}`));

function manifests(id: string): ReadonlyMap<string, string> {
  const { environment, problems } = loader.load(id);
  if (environment === undefined) throw new Error(problems.map(({ message }) => message).join('\n'));
  return manifestsOf(environment);
}

describe('the reviewed manifests', () => {
  it('are those of a development, a ZooKeeper and a KRaft environment', () => {
    expect(ids).toEqual(expect.arrayContaining(['kraft/production', 'llm-analytics/production', 'templates/development']));
  });

  it.each(ids)('are what %s becomes; after a change that is meant, run "npm run golden" and review the difference', (id) => {
    const made = manifests(id);
    const folder = join(golden, id);
    const names = readdirSync(folder);
    expect(names.filter((name) => !made.has(name))).toEqual([]);
    for (const name of names) expect(`${name}\n${made.get(name)}`).toBe(`${name}\n${readFileSync(join(folder, name), 'utf8')}`);
  });

  it.each(ids)('leave out nothing of %s but dashboards and the desired state', (id) => {
    const made = manifests(id);
    const left = [...made.keys()].filter((name) => !existsSync(join(golden, id, name)));
    expect(left.filter((name) => !/^0920-|-configmap-.*-desired\.yaml$/.test(name))).toEqual([]);
    const listed = parse(made.get('kustomization.yaml') ?? '') as { readonly resources: readonly string[] };
    expect(new Set(listed.resources)).toEqual(new Set([...made.keys()].filter((name) => name !== 'kustomization.yaml')));
  });
});
