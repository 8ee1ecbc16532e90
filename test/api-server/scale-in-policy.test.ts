import { setTimeout as pause } from 'node:timers/promises';
import { afterAll, beforeAll, expect, it } from '@jest/globals';
import { parse, stringify } from 'yaml';
import { manifestsOf, scaleInAnnotation, scaleInConfirmation } from '../../lib/kubernetes';
import { environmentOf, production } from '../kubernetes/manifests';
import { kubectl } from '../support/api-server/server';
import { describeWith } from '../support/parts';

const namespace = 'kafkon-scale-in';

const environment = environmentOf({
  ...production,
  platform: { kubernetes: { ...production.platform?.kubernetes, namespace } },
});

interface StatefulSet {
  readonly kind: string;
  readonly metadata: { readonly name: string; readonly annotations?: Readonly<Record<string, string>> };
  readonly spec: { readonly replicas: number; readonly ordinals?: { readonly start: number } };
}

const made = [...manifestsOf(environment)].filter(([name]) => name !== 'kustomization.yaml').map(([, text]) => parse(text) as StatefulSet);

function statefulSet(name: string): StatefulSet {
  const found = made.find(({ kind, metadata }) => kind === 'StatefulSet' && metadata.name === name);
  if (found === undefined) throw new Error(`no StatefulSet ${name}`);
  return found;
}

/** The manifest as it is written, with another number of nodes. */
function resized(name: string, replicas: number, annotations: Readonly<Record<string, string>> = {}, start?: number): string {
  const { metadata, spec, ...rest } = statefulSet(name);
  return stringify({
    ...rest,
    metadata: { ...metadata, annotations: { ...metadata.annotations, ...annotations } },
    spec: { ...spec, replicas, ...(start === undefined ? {} : { ordinals: { start } }) },
  });
}

const apply = (yaml: string) => kubectl(['apply', '-f', '-'], yaml);
const replicasOf = async (name: string) =>
  (await kubectl(['get', 'statefulset', name, '-n', namespace, '-o', 'jsonpath={.spec.replicas}'])).output;
const policies = made.filter(({ kind }) => kind.startsWith('ValidatingAdmissionPolicy'));
const policyYaml = policies.map((policy) => `---\n${stringify(policy)}`).join('');

/** A StatefulSet of somebody else, in the same namespace and with Kafka's name. */
const foreign = (replicas: number, labels: Readonly<Record<string, string>>) =>
  stringify({
    apiVersion: 'apps/v1',
    kind: 'StatefulSet',
    metadata: { name: 'others', namespace },
    spec: {
      replicas,
      serviceName: 'others',
      selector: { matchLabels: labels },
      template: { metadata: { labels }, spec: { containers: [{ name: 'a', image: 'a' }] } },
    },
  });

describeWith(['kubectl', 'kube-apiserver'], 'the policy against unconfirmed scale-in', () => {
  const clear = async () => {
    await kubectl(['delete', '--ignore-not-found', '--wait=false', '-f', '-'], policyYaml);
    await kubectl(['delete', 'statefulsets', '--all', '--wait=false', '--cascade=background', '-n', namespace]);
  };

  beforeAll(async () => {
    await clear(); // an earlier run may have been killed
    await apply(stringify({ apiVersion: 'v1', kind: 'Namespace', metadata: { name: namespace } }));
    expect(await apply(resized('kafka', 5))).toMatchObject({ code: 0 });
    expect(await apply(resized('zookeeper', 3))).toMatchObject({ code: 0 });
    expect(await apply(policyYaml)).toMatchObject({ code: 0 });
    // The server learns of a policy some moments after it has taken it.
    for (const end = Date.now() + 30_000; Date.now() < end; await pause(100)) {
      const { code } = await kubectl(['scale', 'statefulset', 'kafka', '-n', namespace, '--replicas=4', '--dry-run=server']);
      if (code !== 0) return;
    }
    throw new Error('the policy did not come into force');
  });
  afterAll(clear);

  it('is two objects whose names hold the namespace, outside of any', () => {
    expect(policies.map(({ kind, metadata }) => [kind, metadata])).toEqual([
      ['ValidatingAdmissionPolicy', expect.objectContaining({ name: `${namespace}-kafka-scale-in` })],
      ['ValidatingAdmissionPolicyBinding', expect.objectContaining({ name: `${namespace}-kafka-scale-in` })],
    ]);
    for (const { metadata } of policies) expect(metadata).not.toHaveProperty('namespace');
  });

  it('refuses 5 -> 3 and says what to do', async () => {
    const { code, error } = await apply(resized('kafka', 3));
    expect(code).toBe(1);
    expect(error).toContain(
      'kafka would go from 5 to 3 replicas, nodes 0 to 2 instead of 0 to 4; those that go take their data with them. Move it to the others ' +
        `first (kafkon up does), then confirm this one change: in the same change, the annotation ${scaleInAnnotation}: "5->3"`,
    );
    expect(await replicasOf('kafka')).toBe('5');
  });

  it('refuses it by a patch, a replacement, a server-side apply and a scale request as well', async () => {
    const patch = JSON.stringify({ spec: { replicas: 3 } });
    const attempts = [
      await kubectl(['patch', 'statefulset', 'kafka', '-n', namespace, '--type=merge', '-p', patch]),
      await kubectl(['replace', '-f', '-'], resized('kafka', 3)),
      await kubectl(['apply', '--server-side', '--force-conflicts', '-f', '-'], resized('kafka', 3)),
      await kubectl(['scale', 'statefulset', 'kafka', '-n', namespace, '--replicas=3']),
      await kubectl(['scale', 'statefulset', 'kafka', '-n', namespace, '--replicas=0']),
      await kubectl(['patch', 'statefulset', 'kafka', '-n', namespace, '--subresource=scale', '--type=merge', '-p', patch]),
    ];
    for (const { code, error } of attempts) {
      expect(code).toBe(1);
      expect(error).toMatch(/confirm this one change/);
    }
    expect(await replicasOf('kafka')).toBe('5');
    expect(attempts[3]?.error).toContain('a scale request cannot, so patch the StatefulSet');
  });

  it('refuses a confirmation of another change', async () => {
    for (const other of ['5->4', '6->3', '5->30', '3', 'yes'])
      expect([other, (await apply(resized('kafka', 3, { [scaleInAnnotation]: other }))).code]).toEqual([other, 1]);
  });

  it('refuses a shift of the ordinals, which takes the first nodes away', async () => {
    expect((await apply(resized('kafka', 5, {}, 1))).error).toContain('nodes 1 to 5 instead of 0 to 4');
  });

  it('refuses it to ZooKeeper', async () => {
    expect((await apply(resized('zookeeper', 1))).error).toContain('zookeeper would go from 3 to 1 replicas');
  });

  it('lets other changes through, and more nodes', async () => {
    expect(await apply(resized('kafka', 5, { 'example.com/note': 'a' }))).toMatchObject({ code: 0 });
    expect(await apply(resized('zookeeper', 5))).toMatchObject({ code: 0 });
    expect(await kubectl(['scale', 'statefulset', 'zookeeper', '-n', namespace, '--replicas=7'])).toMatchObject({ code: 0 });
    expect(await replicasOf('zookeeper')).toBe('7');
  });

  it('takes 5 -> 3 with its confirmation, 3 -> 5 without, and asks anew for the next time', async () => {
    const confirmed = { [scaleInAnnotation]: scaleInConfirmation(5, 3) };
    expect(await apply(resized('kafka', 3, confirmed))).toMatchObject({ code: 0 });
    expect(await replicasOf('kafka')).toBe('3');
    expect(await apply(resized('kafka', 3, confirmed))).toMatchObject({ code: 0 });
    expect(await apply(resized('kafka', 5, confirmed))).toMatchObject({ code: 0 });
    expect((await apply(resized('kafka', 3, confirmed))).error).toContain('which is there from an earlier time');
    expect(await replicasOf('kafka')).toBe('5');
    const again = { [scaleInAnnotation]: scaleInConfirmation(5, 3, 'the second time') };
    expect(await apply(resized('kafka', 3, again))).toMatchObject({ code: 0 });
    expect(await apply(resized('kafka', 5))).toMatchObject({ code: 0 });
  });

  it('takes a stop of the whole cluster in one patch', async () => {
    const patch = { metadata: { annotations: { [scaleInAnnotation]: scaleInConfirmation(5, 0) } }, spec: { replicas: 0 } };
    const stop = await kubectl(['patch', 'statefulset', 'kafka', '-n', namespace, '--type=merge', '-p', JSON.stringify(patch)]);
    expect(stop).toMatchObject({ code: 0 });
    expect(await apply(resized('kafka', 5))).toMatchObject({ code: 0 });
  });

  it('leaves the StatefulSets of others alone, and those of another environment in the same namespace', async () => {
    const labels = [{ app: 'kafka' }, { 'app.kubernetes.io/name': 'kafka', 'app.kubernetes.io/instance': 'another' }];
    for (const each of labels) {
      expect(await apply(foreign(3, each))).toMatchObject({ code: 0 });
      expect(await apply(foreign(2, each))).toMatchObject({ code: 0 });
      expect(await kubectl(['scale', 'statefulset', 'others', '-n', namespace, '--replicas=0'])).toMatchObject({ code: 0 });
      await kubectl(['delete', 'statefulset', 'others', '-n', namespace]);
    }
  });
});
