import { spawn } from 'node:child_process';
import { LifecycleError, machineProblem } from '../failure';
import type { KubernetesTarget } from './kubernetes-target';

/** What a run of kubectl came to. */
export interface KubectlOutcome {
  readonly code: number;
  readonly out: string;
  readonly err: string;
}

export interface KubectlOptions {
  /** Goes to its standard input. */
  readonly input?: string;
  /** Told of every line as it comes; `out` stays empty then. */
  readonly line?: (text: string) => void;
  readonly signal?: AbortSignal | undefined;
}

export type Kubectl = (words: readonly string[], options?: KubectlOptions) => Promise<KubectlOutcome>;

/**
 * The `kubectl` that is on the PATH, which knows contexts, certificates and the plug-ins by which people log in. `variables` are those of
 * the environment, handed on whole.
 */
export function nodeKubectl(
  variables: Readonly<Record<string, string | undefined>>,
  { kubeconfig, context, patienceSeconds }: KubernetesTarget,
): Kubectl {
  const target = [
    ...(kubeconfig === undefined ? [] : [`--kubeconfig=${kubeconfig}`]),
    ...(context === undefined ? [] : [`--context=${context}`]),
    ...(patienceSeconds === undefined ? [] : [`--request-timeout=${patienceSeconds}s`]),
  ];
  return (words, { input, line, signal } = {}) =>
    new Promise((resolve, reject) => {
      const child = spawn('kubectl', [...target, ...words], {
        env: { ...variables },
        stdio: ['pipe', 'pipe', 'pipe'],
        ...(signal === undefined ? {} : { signal }),
      });
      const out: Buffer[] = [];
      const err: Buffer[] = [];
      let rest = '';
      if (line === undefined) child.stdout.on('data', (chunk: Buffer) => out.push(chunk));
      // A piece may end in the middle of a character: the stream keeps that back.
      else
        child.stdout.setEncoding('utf8').on('data', (text: string) => {
          const lines = (rest + text).split('\n');
          rest = lines.pop() ?? '';
          for (const each of lines) line(each);
        });
      child.stderr.on('data', (chunk: Buffer) => err.push(chunk));
      // A kubectl that has ended before it has read everything says why by itself.
      child.stdin.on('error', () => {});
      child.stdin.end(input ?? '');
      child.once('error', (error: NodeJS.ErrnoException) => {
        if (signal?.aborted === true) resolve({ code: 0, out: '', err: '' });
        else reject(notStarted(error));
      });
      child.once('close', (code) => {
        if (line !== undefined && rest !== '') line(rest);
        resolve({ code: code ?? -1, out: Buffer.concat(out).toString(), err: Buffer.concat(err).toString() });
      });
    });
}

function notStarted({ code, message }: NodeJS.ErrnoException): LifecycleError {
  const problem =
    code === 'ENOENT'
      ? machineProblem('kubernetes/kubectl-missing', 'kubectl is not on the PATH; install it, in a version near that of the cluster')
      : machineProblem('kubernetes/kubectl-failed', `kubectl could not be started: ${message}`);
  return new LifecycleError([problem]);
}
