import { join } from 'node:path';
import { describe, expect, it } from '@jest/globals';
import { parse } from 'yaml';
import { environmentLoader, nodeFileSystem } from '../../../lib/environment';
import { manifestsOf } from '../../../lib/kubernetes';
import { type Json, overlay } from './overlay';

const root = join(__dirname, '..', '..', '..');
const loader = environmentLoader(nodeFileSystem(root));
const ids = loader
  .discover()
  .environments.filter(({ abstract }) => !abstract)
  .map(({ id }) => id);

function objectsOf(id: string): readonly Json[] {
  const { environment, problems } = loader.load(id);
  if (environment === undefined) throw new Error(problems.map(({ message }) => message).join('\n'));
  return [...manifestsOf(environment)].filter(([name]) => name !== 'kustomization.yaml').map(([, text]) => parse(text) as Json);
}

/** Every place where two values differ: the path of names; a place in a list is called by the name of what is there, or `*`. */
function differences(left: Json | undefined, right: Json | undefined, path = ''): readonly string[] {
  if (JSON.stringify(left) === JSON.stringify(right)) return [];
  if (typeof left !== 'object' || typeof right !== 'object' || left === null || right === null) return [path];
  if (Array.isArray(left) !== Array.isArray(right)) return [path];
  const [one, other] = [left, right] as readonly Readonly<Record<string, Json>>[];
  const names = [...new Set([...Object.keys(left), ...Object.keys(right)])];
  const called = (name: string) => (Array.isArray(left) ? nameIn(one?.[name]) : name);
  return names.flatMap((name) => differences(one?.[name], other?.[name], `${path}.${called(name)}`));
}

function nameIn(item: Json | undefined): string {
  return String((item as { readonly name?: Json } | null | undefined)?.name ?? '*');
}

const pod = '(template|jobTemplate\\.spec\\.template)\\.spec';
const container = `${pod}\\.(initContainers|containers)\\.[^.]+`;
const workload = '(StatefulSet|Deployment|Job|CronJob) \\.spec';

/** All that a test cluster may be given otherwise than an environment says. */
const allowed = [
  `${workload}\\.${container}\\.resources\\.(requests|limits)\\.(cpu|memory|ephemeral-storage)`,
  `${workload}\\.${container}\\.env\\.KAFKA_HEAP_OPTS\\.value`,
  `${workload}\\.${container}\\.(image|imagePullPolicy)`,
  `${workload}\\.${pod}\\.(nodeSelector|affinity\\.nodeAffinity)`,
  `${workload}\\.${pod}\\.affinity\\.podAntiAffinity\\.(required|preferred)DuringSchedulingIgnoredDuringExecution`,
  `${workload}\\.${pod}\\.topologySpreadConstraints\\.\\*\\.whenUnsatisfiable`,
  '(StatefulSet \\.spec\\.volumeClaimTemplates\\.\\*|PersistentVolumeClaim )\\.spec\\.(storageClassName|resources\\.requests\\.storage)',
  'Service \\.spec\\.(type|loadBalancerSourceRanges)',
].map((pattern) => new RegExp(`^${pattern}$`));

const testCluster = { storageClass: 'standard', image: (reference: string) => `mirror.example.com/${reference}` };
const kindOf = (object: Json) => String((object as { kind: Json }).kind);

describe('what a test cluster changes', () => {
  const seen = new Set<string>();

  it('is looked at for the environments of every platform', () => {
    expect(new Set(ids.map((id) => id.split('/')[0]))).toEqual(
      new Set(['adaptive-learning', 'kraft', 'llm-analytics', 'tda', 'templates']),
    );
  });

  it.each(ids)('is on the list, in %s', (id) => {
    const changed = objectsOf(id).flatMap((object) =>
      differences(object, overlay(object, testCluster)).map((path) => `${kindOf(object)} ${path}`),
    );
    for (const path of changed) seen.add(path);
    expect([...new Set(changed)].filter((path) => !allowed.some((pattern) => pattern.test(path)))).toEqual([]);
  });

  it('is no shorter than the list', () => {
    expect(allowed.filter((pattern) => ![...seen].some((path) => pattern.test(path)))).toEqual([]);
  });

  it('adds nothing and leaves nothing out', () => {
    for (const id of ids) for (const object of objectsOf(id)) expect(kindOf(overlay(object, testCluster))).toBe(kindOf(object));
  });
});
