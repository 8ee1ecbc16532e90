import { join } from 'node:path';
import { afterAll, expect, it } from '@jest/globals';
import { environmentLoader, nodeFileSystem } from '../../lib/environment';
import { manifestsOf } from '../../lib/kubernetes';
import type { Environment, Topic } from '../../lib/model';
import { manifests } from '../support/api-server/manifests';
import { kubectl } from '../support/api-server/server';
import { describeWith } from '../support/parts';

const namespace = 'kafkon-applied';

function environment(): Environment {
  const { environment: loaded } = environmentLoader(nodeFileSystem(join(__dirname, '..', '..'))).load('kraft/production');
  if (loaded === undefined) throw new Error('kraft/production has errors');
  return { ...loaded, platform: { ...loaded.platform, kubernetes: { ...loaded.platform.kubernetes, namespace } } };
}

function stream(of: Environment): string {
  return [...manifestsOf(of)]
    .filter(([name]) => name !== 'kustomization.yaml')
    .map(([, text]) => `---\n${text}`)
    .join('');
}

const apply = (yaml: string) => kubectl(['apply', '--server-side', '--validate=strict', '-f', '-'], yaml);

/**
 * The version of every object, by kind and name; it changes with every change, however small. A claim is its own content: the server
 * writes it anew, unchanged, the second time that it is applied.
 */
async function versions(yaml: string): Promise<Readonly<Record<string, string>>> {
  const { output } = await kubectl(['get', '-o', 'json', '-f', '-'], yaml);
  const { items } = JSON.parse(output) as {
    items: { kind: string; metadata: { name: string; resourceVersion: string; labels?: object }; spec?: object }[];
  };
  return Object.fromEntries(
    items.map(({ kind, metadata: { name, resourceVersion, labels }, spec }) => [
      `${kind} ${name}`,
      kind === 'PersistentVolumeClaim' ? JSON.stringify({ labels, spec }) : resourceVersion,
    ]),
  );
}

describeWith(['kubectl', 'kube-apiserver'], 'applying an environment', () => {
  const first = environment();
  const [topic] = first.topics;
  if (topic === undefined) throw new Error('kraft/production has no topics');
  const added: Topic = { ...topic, name: `${topic.name}-added` };
  const second = { ...first, topics: [...first.topics, added] };

  // The namespace stays: a server without controllers never finishes deleting one.
  const remove = async () => {
    const objects = [...manifestsOf(first), ...manifestsOf(second)].filter(([name]) => !/kustomization|-namespace-/.test(name));
    await kubectl(
      ['delete', '--ignore-not-found', '--cascade=background', '--wait=false', '-f', '-'],
      objects.map(([, text]) => `---\n${text}`).join(''),
    );
  };
  afterAll(remove);

  it('again changes nothing, and with a topic more only the desired state, by a new Job', async () => {
    await remove(); // an earlier run may have been killed
    expect(await apply(stream(first))).toMatchObject({ code: 0 });
    const before = await versions(stream(first));
    expect(Object.keys(before).length).toBe(manifests(stream(first)).length);
    expect(await apply(stream(first))).toMatchObject({ code: 0 });
    expect(await versions(stream(first))).toEqual(before);
    expect(await apply(stream(second))).toMatchObject({ code: 0 });
    const after = await versions(stream(second));
    const changed = Object.keys(after).filter((object) => after[object] !== before[object]);
    expect(changed.sort()).toEqual(['ConfigMap kafka-desired', expect.stringMatching(/^Job kafka-converge-[0-9a-f]{10}$/)]);
  });
});
