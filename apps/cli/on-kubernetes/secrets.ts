import { resolve } from 'node:path';
import { renderProblems } from '../../../lib/environment';
import type { Context, ExitCode } from '../context';
import { kubernetesEnvironment, onKubernetes } from '../kubernetes-environment';
import type { PlatformOptions } from '../platform-options';
import { secretsText } from '../secrets-text';

interface Options extends PlatformOptions {
  readonly output: 'text' | 'json';
  readonly certificates?: boolean;
}

/** Makes the secrets of an environment, as on Docker, and puts those that its pods need into the cluster. */
export async function secretsOnCluster(context: Context, name: string, options: Options): Promise<ExitCode> {
  const target = await kubernetesEnvironment(context, name, options, { forSecrets: true });
  if (target === undefined) return 1;
  const { environment, stack, id } = target;
  return onKubernetes(context, options, async ({ cluster }) => {
    const { kubernetesSecretPlan, makeSecrets, putSecrets, secretPlan } = await import('../../../lib/lifecycle/index.js');
    const { kubernetesAddressing } = await import('../../../lib/kubernetes/index.js');
    const certManager = (await cluster.kinds()).has('cert-manager.io/v1/Certificate');
    // Strimzi has an authority of its own, from which the certificates of accounts come too.
    const certificates = environment.platform.kubernetes.flavor === 'plain' && (options.certificates === true || !certManager);
    const home = options.namespace === undefined ? id : `${id}@${options.namespace}`;
    const directory = resolve(context.currentDirectory, options.outdir, 'docker', home, environment.platform.docker.secretsDirectory);
    const store = await context.secretStore(directory);
    const plan = kubernetesSecretPlan(secretPlan(environment, kubernetesAddressing(environment)), stack, environment, certificates);
    const made = await makeSecrets(plan, store, environment.name, context.now);
    context.terminal.err(renderProblems(made.problems));
    const { put, kept } = await putSecrets(cluster, stack, environment, store, plan, certificates);
    if (options.output === 'json') {
      const files = { directory, made: made.made, renewed: made.renewed, kept: made.kept };
      context.terminal.out(`${JSON.stringify({ ...files, namespace: stack.namespace, secrets: { put, kept } }, undefined, 2)}\n`);
      return 0;
    }
    const lines = put.map((each) => `  ${each}\n`).join('');
    context.terminal.out(
      `${secretsText(id, directory, made)}namespace ${stack.namespace}: ${put.length} keys of Secrets put there, ${kept.length} there already\n${lines}`,
    );
    return 0;
  });
}
