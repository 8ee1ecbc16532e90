import { createHash } from 'node:crypto';
import type { Execution } from '../engine';
import { applyFailure, kubectlFailure } from './kubectl-failure';
import { applyWords, bytesByPod, disowned, kindWord, listWords, nameWord, scalePatch, secretKeysTemplate } from './kubectl-words';
import type { KubernetesCluster, KubernetesObject, ObjectReference, PodLogOptions } from './kubernetes-cluster';
import type { KubernetesTarget } from './kubernetes-target';
import { type Kubectl, type KubectlOutcome, nodeKubectl } from './node-kubectl';

interface ListOf<T> {
  readonly items: readonly T[];
}

/** Seconds that a question to a pod may take: a policy that drops it gives no answer at all. */
const askSeconds = 5;

/** In whose name numbers of pods are changed, for a moment. */
const scaler = 'kafkon-scale';
/** The status of what is scaled changes all the time, so it may take more than one. */
const disownAttempts = 20;

/** A cluster by kubectl: whatever logs a person in there, logs Kafkon in. */
export function nodeKubernetesCluster(
  variables: Readonly<Record<string, string | undefined>>,
  target: KubernetesTarget,
): KubernetesCluster {
  return clusterBy(nodeKubectl(variables, target));
}

function clusterBy(kubectl: Kubectl): KubernetesCluster {
  const succeed = async (what: string, words: readonly string[], input?: string): Promise<string> => {
    const { code, out, err } = await kubectl(words, input === undefined ? {} : { input });
    if (code !== 0) throw kubectlFailure(what, err);
    return out;
  };
  const json = async <T>(what: string, words: readonly string[]): Promise<T> =>
    JSON.parse(await succeed(what, [...words, '-o', 'json'])) as T;
  const find = async ({ name, namespace, ...kind }: ObjectReference, ...more: string[]) => {
    const out = await succeed(`looking for ${kind.kind} ${name}`, [
      'get',
      kindWord(kind),
      name,
      ...inNamespace(namespace),
      '--ignore-not-found',
      ...more,
      '-o',
      'json',
    ]);
    return out.trim() === '' ? undefined : (JSON.parse(out) as KubernetesObject);
  };
  return {
    async version() {
      const { serverVersion } = await json<{ serverVersion?: { gitVersion: string; major: string; minor: string } }>(
        'asking for the version',
        ['version'],
      );
      if (serverVersion === undefined) throw kubectlFailure('asking for the version', 'Unable to connect to the server');
      const { gitVersion, major, minor } = serverVersion;
      return { text: gitVersion, major: Number.parseInt(major, 10), minor: Number.parseInt(minor, 10) };
    },
    async kinds() {
      const { code, out, err } = await kubectl(['api-resources', '--no-headers']);
      // One aggregated API that is down makes the whole fail, with all the others told.
      if (code !== 0 && out === '') throw kubectlFailure('asking for the kinds of objects', err);
      return new Map(
        out.split('\n').flatMap((line): [string, boolean][] => {
          const [kind, namespaced, apiVersion] = line.trim().split(/\s+/).reverse();
          return kind === undefined || apiVersion === undefined ? [] : [[`${apiVersion}/${kind}`, namespaced === 'true']];
        }),
      );
    },
    async list(namespace, kinds, labels = {}) {
      if (kinds.length === 0) return [];
      const { items } = await json<ListOf<KubernetesObject>>('listing objects', listWords(namespace, kinds, labels));
      return items;
    },
    find: (reference) => find(reference),
    async secretKeys(namespace) {
      const out = await succeed('listing the keys of Secrets', [
        'get',
        'secrets',
        `--namespace=${namespace}`,
        '-o',
        `go-template=${secretKeysTemplate}`,
      ]);
      return new Map(
        out.split('\n').flatMap((line) => {
          const [name, ...keys] = line.split(' ').filter((word) => word !== '');
          return name === undefined ? [] : [[name, keys] as const];
        }),
      );
    },
    async apply(objects, options) {
      if (objects.length === 0) return;
      const { code, out, err } = await kubectl(applyWords(options), { input: listOf(objects) });
      if (code === 0) return;
      const told = new Set(out.split('\n'));
      throw applyFailure(objects, new Set(objects.filter((object) => told.has(nameWord(object)))), err);
    },
    async create(object) {
      const { code, err } = await kubectl(['create', '--save-config=false', '--field-manager=kafkon', '-f', '-', '-o', 'name'], {
        input: JSON.stringify(object),
      });
      if (code === 0) return true;
      if (err.includes('(AlreadyExists)')) return false;
      throw kubectlFailure(`making ${object.kind} ${object.metadata.name}`, err);
    },
    async addSecretKeys(namespace, name, data) {
      // A manager of their own: what it does not name, it leaves to its own ones. Values go by the standard input, since who lists
      // processes sees their words.
      const manager = `kafkon-keys-${createHash('sha256').update(Object.keys(data).sort().join('\n')).digest('hex').slice(0, 12)}`;
      const secret = { apiVersion: 'v1', kind: 'Secret', metadata: { name, namespace }, data };
      const words = ['apply', '--server-side', `--field-manager=${manager}`, '-f', '-'];
      await succeed(`adding keys to the Secret ${name}`, words, JSON.stringify(secret));
    },
    async scale(reference, scale) {
      const words = ['patch', kindWord(reference), reference.name, ...inNamespace(reference.namespace)];
      const what = `scaling ${reference.kind} ${reference.name}`;
      await succeed(what, [...words, '--type=merge', `--field-manager=${scaler}`, `--patch=${scalePatch(scale)}`]);
      for (let attempt = 1; ; attempt++) {
        const live = await find(reference, '--show-managed-fields');
        const patch = live === undefined ? undefined : disowned(live, scaler);
        if (patch === undefined) return;
        const { code, err } = await kubectl([...words, '--type=json', `--patch=${patch}`]);
        if (code !== 0 && attempt >= disownAttempts) throw kubectlFailure(what, err);
      }
    },
    async remove(references, { graceSeconds, orphan = false } = {}) {
      if (references.length === 0) return;
      const objects = references.map(({ apiVersion, kind, name, namespace }) => ({
        apiVersion,
        kind,
        metadata: { name, ...(namespace === undefined ? {} : { namespace }) },
      }));
      const grace = graceSeconds === undefined ? [] : [`--grace-period=${graceSeconds}`];
      const cascade = orphan ? ['--cascade=orphan'] : [];
      await succeed('removing objects', ['delete', '--ignore-not-found', '--wait=false', ...grace, ...cascade, '-f', '-'], listOf(objects));
    },
    async evict(namespace, pod, uid) {
      const { code, err } = await kubectl(['create', '--raw', `/api/v1/namespaces/${namespace}/pods/${pod}/eviction`, '-f', '-'], {
        input: JSON.stringify({
          apiVersion: 'policy/v1',
          kind: 'Eviction',
          metadata: { name: pod, namespace },
          deleteOptions: { preconditions: { uid } },
        }),
      });
      // A pod that is gone, or another one by now, is one that has been evicted.
      if (code === 0 || /\(NotFound\)|\(Conflict\)/.test(err)) return true;
      if (/disruption budget|TooManyRequests/.test(err)) return false;
      throw kubectlFailure(`evicting ${pod}`, err);
    },
    async ask(namespace, pod, port, path) {
      const { code, out } = await kubectl([
        'get',
        '--raw',
        `/api/v1/namespaces/${namespace}/pods/${pod}:${port}/proxy${path}`,
        `--request-timeout=${askSeconds}s`,
      ]);
      return code === 0 ? out : undefined;
    },
    async run(namespace, pod, command): Promise<Execution> {
      const { code, out, err } = await kubectl(['exec', `--namespace=${namespace}`, pod, '--', ...command]);
      return { code, output: [out, err].filter((text) => text !== '').join('\n') };
    },
    async logs(namespace, pod, options, line) {
      const outcome = await kubectl(logWords(namespace, pod, options), { line, signal: options.signal });
      if (outcome.code !== 0 && options.signal?.aborted !== true) throw kubectlFailure(`the log of ${pod}`, outcome.err);
    },
    async memory(namespace) {
      const outcome: KubectlOutcome = await kubectl(['get', '--raw', `/apis/metrics.k8s.io/v1beta1/namespaces/${namespace}/pods`]);
      return outcome.code === 0 ? bytesByPod(outcome.out) : new Map();
    },
  };
}

function inNamespace(namespace: string | undefined): readonly string[] {
  return namespace === undefined ? [] : [`--namespace=${namespace}`];
}

function logWords(namespace: string, pod: string, { follow, tail, previous }: PodLogOptions): readonly string[] {
  return [
    'logs',
    `--namespace=${namespace}`,
    pod,
    `--tail=${tail ?? -1}`,
    ...(follow ? ['--follow'] : []),
    ...(previous === true ? ['--previous'] : []),
  ];
}

function listOf(items: readonly unknown[]): string {
  return JSON.stringify({ apiVersion: 'v1', kind: 'List', items });
}
