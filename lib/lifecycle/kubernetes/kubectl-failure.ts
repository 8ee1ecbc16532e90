import { LifecycleError, machineProblem } from '../failure';
import { type KubernetesObject, titleOf } from './kubernetes-cluster';

/** The problem that kubectl's words on a failure stand for. `what` is what was tried. */
export function kubectlFailure(what: string, stderr: string): LifecycleError {
  const lines = stderr.split('\n').flatMap((line) => (/^[EWI]\d{4} /.test(line) ? [] : [line.replace(/^error: /i, '').trim()]));
  // It says the same of each kind that it was asked for.
  const text = [...new Set(lines)].filter((line) => line !== '').join(' ');
  const problem = (code: string, message: string) => new LifecycleError([machineProblem(code, message)]);
  if (/Unauthorized|must be logged in|getting credentials|provide credentials/i.test(text))
    return problem('kubernetes/unauthorized', `the API server does not know who asks: ${text}; log in, or name another --context`);
  if (
    /was refused|Unable to connect|no such host|i\/o timeout|deadline exceeded|TLS handshake|x509|connection reset|no route to host|ServiceUnavailable/i.test(
      text,
    )
  )
    return problem('kubernetes/unreachable', `no API server answers: ${text}; start the cluster, or name it by KUBECONFIG or --context`);
  if (
    /context .* does not exist|context was not found|no context exists|Missing or incomplete configuration|stat .*: no such file/i.test(
      text,
    )
  )
    return problem('kubernetes/no-such-context', `${text}; "kubectl config get-contexts" names those that there are`);
  if (/\(Forbidden\)/.test(text)) return problem('kubernetes/forbidden', `${what}: ${text}`);
  return problem('kubernetes/refused', `${what}: ${text === '' ? 'kubectl says nothing of why' : text}`);
}

/**
 * What went wrong with each of the objects that were applied together. kubectl goes on after a failure and names no object with it, but
 * keeps their order: the first failure is that of the first object that is not among the `applied` ones.
 */
export function applyFailure(objects: readonly KubernetesObject[], applied: ReadonlySet<KubernetesObject>, stderr: string): LifecycleError {
  const left = objects.filter((object) => !applied.has(object));
  const told = stderr
    .split(/^(?=Apply failed with |Error from server|error: |The \S+ ".*" is invalid)/m)
    .filter((each) => /^(Apply|Error|error|The)/.test(each));
  if (told.length !== left.length) return kubectlFailure('applying', stderr);
  return new LifecycleError(
    told.flatMap((text, index) => {
      const title = left[index] === undefined ? 'an object' : titleOf(left[index]);
      const conflicts = conflictsIn(text);
      if (conflicts.length === 0) return kubectlFailure(title, text).problems;
      return conflicts.map(({ owner, fields }) =>
        machineProblem(
          'kubernetes/field-owned',
          `${title}: "${owner}" has set ${fields.join(', ')} to something else; have it let go of that, or give --take-over to have it as the environment says`,
        ),
      );
    }),
  );
}

function conflictsIn(text: string): { readonly owner: string; readonly fields: string[] }[] {
  const found: { owner: string; fields: string[] }[] = [];
  const head = text.split('\nPlease review')[0] ?? '';
  for (const line of head.split('\n')) {
    const one = /conflicts? with "([^"]+)"(?: with subresource "[^"]+")?(?: using \S+?)?:\s*(\.\S+)?\s*$/.exec(line);
    if (one !== null) found.push({ owner: one[1] ?? '', fields: one[2] === undefined ? [] : [one[2]] });
    else found.at(-1)?.fields.push(...(/^- (\S.*)$/.exec(line)?.slice(1) ?? []));
  }
  return found;
}
