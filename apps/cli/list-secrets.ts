import { renderProblems } from '../../lib/environment';
import { kubernetesSecret, secretsOf } from '../../lib/model';
import { type Context, type ExitCode, UsageError } from './context';
import { select } from './select';

/** Prints the logical secrets of an environment, and where Kubernetes and Docker look for their values, or that Docker alone does. */
export function listSecrets(
  context: Context,
  name: string,
  options: { readonly environments: string; readonly output: 'text' | 'json' },
): ExitCode {
  const [loaded, second] = select(context, [name], { directory: options.environments }).loaded;
  if (loaded === undefined || second !== undefined) throw new UsageError(`${name} names several environments; secrets takes one`);
  const { environment } = loaded;
  if (environment === undefined) {
    context.terminal.err(renderProblems(loaded.problems));
    return 1;
  }
  const rows = secretsOf(environment).map(({ name: secret, description, dockerOnly = false }) => {
    const kubernetes = dockerOnly ? {} : { kubernetes: kubernetesSecret(environment, secret) };
    return { secret, description, ...kubernetes, docker: `${environment.platform.docker.secretsDirectory}/${secret}` };
  });
  if (options.output === 'json') context.terminal.out(`${JSON.stringify(rows, undefined, 2)}\n`);
  else if (rows.length === 0) context.terminal.out(`${loaded.id} needs no secrets\n`);
  else {
    const width = Math.max(...rows.map(({ secret }) => secret.length));
    for (const { secret, description, kubernetes } of rows) {
      const where = kubernetes === undefined ? 'on Docker alone' : `Secret ${kubernetes.name}, key ${kubernetes.key}`;
      context.terminal.out(`${secret.padEnd(width)}  ${where}: ${description}\n`);
    }
  }
  return 0;
}
