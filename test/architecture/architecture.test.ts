import { existsSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from '@jest/globals';
import { layerOf, root, type Source, sources } from './sources';

/** Who may import whom. A layer that is not named here may not exist. */
const table: Readonly<Record<string, { readonly layers: readonly string[]; readonly packages: readonly string[] }>> = {
  model: { layers: [], packages: ['zod'] },
  environment: { layers: ['model'], packages: ['js-yaml', 'yaml', 'node:crypto', 'node:fs', 'node:path', 'zod'] },
  runtime: { layers: ['model'], packages: ['node:crypto', 'yaml'] },
  constructs: { layers: ['model'], packages: ['constructs'] },
  kubernetes: {
    layers: ['model', 'runtime', 'constructs'],
    packages: ['cdk8s', 'cdk8s-plus-28', 'constructs', 'yaml', 'node:crypto', 'node:path'],
  },
  converge: { layers: ['model', 'kafka'], packages: ['node:crypto'] },
  operate: { layers: ['model', 'kafka', 'converge'], packages: ['zod', 'node:crypto', 'node:fs', 'node:path'] },
  docker: { layers: ['model', 'runtime', 'constructs'], packages: ['cdktf', '@cdktf/provider-docker', 'constructs', 'node:crypto'] },
  lifecycle: {
    layers: ['model', 'runtime'],
    packages: [
      'asn1js',
      'pkijs',
      'node:child_process',
      'node:crypto',
      'node:fs',
      'node:http',
      'node:https',
      'node:net',
      'node:path',
      'node:stream',
      'node:timers',
    ],
  },
  kafka: {
    layers: ['model'],
    packages: ['kafkajs', 'node:crypto', 'node:http', 'node:https', 'node:net', 'node:tls', 'node:util', 'node:timers', 'node:zlib'],
  },
  lib: { layers: ['model', 'environment'], packages: [] },
  apps: {
    layers: ['model', 'environment', 'kubernetes', 'docker', 'lifecycle', 'kafka', 'converge', 'operate'],
    packages: [
      'commander',
      '@bomb.sh/tab',
      '@clack/prompts',
      'yaml',
      'node:crypto',
      'node:fs',
      'node:os',
      'node:path',
      'node:tty',
      'node:v8',
      'node:vm',
    ],
  },
};

const all = sources('lib', 'apps');

function violations(source: Source): string[] {
  const from = layerOf(source.path);
  const allowed = table[from];
  if (allowed === undefined) return [`${source.path}: the layer ${from} is not in the table`];
  return source.imports.flatMap((imported) => {
    if (imported.package)
      return allowed.packages.includes(imported.target) ? [] : [`${source.path} imports the package ${imported.target}`];
    const to = layerOf(imported.target);
    return to === from || allowed.layers.includes(to) ? [] : [`${source.path} imports ${imported.target}`];
  });
}

describe('the architecture', () => {
  it('lets each layer import only what the table allows', () => {
    expect(all.flatMap(violations)).toEqual([]);
  });

  it('finds an import that the table forbids', () => {
    const planted: Source = { path: 'lib/model/x.ts', text: '', imports: [{ target: 'cdk8s', package: true, typeOnly: false }] };
    expect(violations(planted)).toEqual(['lib/model/x.ts imports the package cdk8s']);
  });

  it('crosses layers only through their index, so that a layer can change inside', () => {
    const crossings = all.flatMap((source) =>
      source.imports.flatMap(({ target, package: isPackage }) =>
        isPackage || layerOf(target) === layerOf(source.path) || /^lib\/[a-z]+\/index\.ts$/.test(target) || allowedEntries.has(target)
          ? []
          : [`${source.path} → ${target}`],
      ),
    );
    expect(crossings).toEqual([]);
  });

  it('resolves every import to a file, so that the other checks see it', () => {
    const missing = all.flatMap((source) =>
      source.imports.flatMap(({ target, package: isPackage }) =>
        isPackage || existsSync(join(root, target)) ? [] : [`${source.path} → ${target}`],
      ),
    );
    expect(missing).toEqual([]);
  });

  it('has no import cycle', () => {
    expect(cycles(all)).toEqual([]);
  });

  it('keeps every file within 400 lines', () => {
    expect(all.filter(({ text }) => text.split('\n').length > 400).map(({ path }) => path)).toEqual([]);
  });

  it('reads argv, prints and exits in main.ts alone', () => {
    const edge = /process\.(argv|exit|stdout|stderr|exitCode)\b|\bconsole\.(log|error|warn|info)\(/;
    expect(all.filter(({ path, text }) => edge.test(text) && !edges.has(path)).map(({ path }) => path)).toEqual([]);
  });
});

/** Entries of a layer beside its index: large parts that most users of the layer do without. */
const allowedEntries: ReadonlySet<string> = new Set([]);

/** The programs: the command line, and the apps that cdk8s' and cdktf's own tools start. */
const edges: ReadonlySet<string> = new Set(['apps/cli/main.ts', 'apps/kubernetes.ts', 'apps/docker.ts']);

/** Files that reach themselves, each as the first path found. */
function cycles(files: readonly Source[]): string[] {
  const edgesOf = new Map(files.map(({ path, imports }) => [path, imports.filter((i) => !i.package).map((i) => i.target)]));
  const state = new Map<string, 'open' | 'done'>();
  const found: string[] = [];
  const visit = (path: string, way: readonly string[]): void => {
    if (state.get(path) === 'done') return;
    if (state.get(path) === 'open') {
      found.push([...way.slice(way.indexOf(path)), path].join(' → '));
      return;
    }
    state.set(path, 'open');
    for (const next of edgesOf.get(path) ?? []) visit(next, [...way, path]);
    state.set(path, 'done');
  };
  for (const path of edgesOf.keys()) visit(path, []);
  return found;
}
