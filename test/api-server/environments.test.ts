import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from '@jest/globals';
import { stringify } from 'yaml';
import { environmentLoader, nodeFileSystem } from '../../lib/environment';
import { manifestsOf } from '../../lib/kubernetes';
import { command } from '../support/api-server/command';
import { manifests } from '../support/api-server/manifests';
import { kubeconform, kubeScore, podTemplates, promtoolRules, type Score, serverDryRun } from '../support/api-server/server';
import { describeWith } from '../support/parts';
import { temporaryFolders } from '../support/temporary-folder';
import { idle, unexplained } from './kube-score-exceptions';

const loader = environmentLoader(nodeFileSystem(join(__dirname, '..', '..')));
const ids = loader
  .discover()
  .environments.filter(({ abstract }) => !abstract)
  .map(({ id }) => id);

function filesOf(id: string): ReadonlyMap<string, string> {
  const { environment, problems } = loader.load(id);
  if (environment === undefined) throw new Error(problems.map(({ message }) => message).join('\n'));
  return manifestsOf(environment);
}

function streamOf(id: string): string {
  return [...filesOf(id)]
    .filter(([name]) => name !== 'kustomization.yaml')
    .map(([, text]) => `---\n${text}`)
    .join('');
}

describe('the environments', () => {
  it('are at least twelve', () => {
    expect(ids.length).toBeGreaterThanOrEqual(12);
  });
});

describeWith(['kubeconform'], 'every environment passes strict schemas', () => {
  it.each(ids)('%s', async (id) => {
    expect(await kubeconform(streamOf(id))).toEqual([]);
  });
});

describeWith(['kubectl', 'kube-apiserver'], 'the API server takes every environment', () => {
  it.each(ids)('%s, without a warning, pods included', async (id) => {
    const stream = streamOf(id);
    expect(await serverDryRun(stream)).toMatchObject({ code: 0, error: '', warnings: [] });
    expect(await serverDryRun(podTemplates(stream))).toMatchObject({ code: 0, error: '' });
  });
});

describeWith(['kubectl'], 'kubectl builds every environment from its kustomization', () => {
  const newFolder = temporaryFolders();

  it.each(ids)('%s, with the objects in the order of the files', async (id) => {
    const files = filesOf(id);
    const folder = newFolder('kustomization');
    for (const [name, text] of files) writeFileSync(join(folder, name), text);
    const built = await command('kubectl', ['kustomize', folder]);
    expect(built).toMatchObject({ code: 0, error: '' });
    const named = (yaml: string) => manifests(yaml).map(({ kind, metadata }) => `${kind} ${metadata.name}`);
    expect(named(built.output)).toEqual(named(streamOf(id)));
  });
});

describeWith(['kube-score'], 'kube-score has nothing against any environment', () => {
  const all: Score[] = [];

  it.each(ids)('%s, but for the reviewed exceptions', async (id) => {
    const scores = await kubeScore(streamOf(id));
    all.push(...scores);
    expect(unexplained(scores)).toEqual([]);
  });

  it('needs every exception', () => {
    expect(idle(all)).toEqual([]);
  });

  it('shows a complaint that no exception covers', () => {
    const planted: Score = { object: 'StatefulSet/a/b', check: 'pod-probes', severity: 'critical', comments: ['no readiness probe'] };
    expect(unexplained([planted])).toEqual(['StatefulSet/a/b pod-probes: no readiness probe']);
  });
});

describeWith(['promtool'], 'promtool takes the alert rules of every environment', () => {
  it.each(ids)('%s', async (id) => {
    for (const { spec } of manifests(streamOf(id)).filter(({ kind }) => kind === 'PrometheusRule')) {
      const answer = await promtoolRules(stringify(spec));
      expect(answer).toMatchObject({ code: 0 });
    }
  });
});
