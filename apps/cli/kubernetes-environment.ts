import { resolve } from 'node:path';
import { parse } from 'yaml';
import type { KubernetesObject, KubernetesPorts, KubernetesStack } from '../../lib/lifecycle';
import type { Environment } from '../../lib/model';
import { type Context, type ExitCode, UsageError } from './context';
import { tellingProblems } from './docker-environment';
import { oneEnvironment } from './one-environment';
import type { PlatformOptions } from './platform-options';

/** An environment on its way to a Kubernetes cluster. */
export interface KubernetesEnvironment {
  readonly id: string;
  /** In the namespace that was asked for. */
  readonly environment: Environment;
  readonly stack: KubernetesStack;
  /** Writes the manifests to where `synth` writes them. */
  write(): Promise<void>;
}

type Options = Pick<PlatformOptions, 'environments' | 'outdir' | 'namespace'>;

/**
 * Loads, checks and translates one environment; undefined, with its problems printed, when it has errors. One that Strimzi's operator
 * runs is only `forSecrets`: of its nodes nothing is known here, and "is down" would be said of a cluster that runs.
 */
export async function kubernetesEnvironment(
  context: Context,
  name: string,
  options: Options,
  { forSecrets = false }: { readonly forSecrets?: boolean } = {},
): Promise<KubernetesEnvironment | undefined> {
  const loaded = oneEnvironment(context, name, { environments: options.environments, platforms: ['kubernetes'] });
  if (loaded === undefined) return undefined;
  if (loaded.environment.platform.kubernetes.flavor === 'strimzi' && !forSecrets)
    throw new UsageError(
      `${loaded.id} is run by the Strimzi operator, not by kafkon; write its manifests with "kafkon synth ${loaded.id}", and apply or delete them with kubectl`,
    );
  const { namespace } = options;
  const environment = namespace === undefined ? loaded.environment : inNamespace(loaded.environment, namespace);
  const { readKubernetesStack } = await import('../../lib/lifecycle/index.js');
  const { manifestsOf } = await import('../../lib/kubernetes/index.js');
  const files = manifestsOf(environment);
  const objects = [...files].flatMap(([file, text]) => (file === 'kustomization.yaml' ? [] : [parse(text) as KubernetesObject]));
  const inside = objects.find(({ metadata }) => metadata.namespace !== undefined)?.metadata.namespace ?? environment.name;
  const directory = `${options.outdir}/kubernetes/${loaded.id}${namespace === undefined ? '' : `@${namespace}`}`;
  return {
    id: loaded.id,
    environment,
    stack: readKubernetesStack(environment.name, inside, objects),
    write: () => context.writer.replaceDirectory(directory, files),
  };
}

/** Runs `action` with the cluster that the options name; what stops it is printed as problems, and is exit code 1. */
export function onKubernetes(
  context: Context,
  { kubeconfig, context: name }: Pick<PlatformOptions, 'kubeconfig' | 'context'>,
  action: (ports: KubernetesPorts) => Promise<ExitCode>,
): Promise<ExitCode> {
  const file = kubeconfig === undefined ? undefined : resolve(context.currentDirectory, kubeconfig);
  return tellingProblems(context, async () => action(await context.kubernetes({ kubeconfig: file, context: name })));
}

/** Text that no other run has: what sets one change apart from the same one made earlier. */
export function occasion(context: Context): string {
  return `${context.now.toISOString()} ${Buffer.from(context.randomBytes(3)).toString('hex')}`;
}

function inNamespace(environment: Environment, namespace: string): Environment {
  const { platform } = environment;
  return { ...environment, platform: { ...platform, kubernetes: { ...platform.kubernetes, namespace } } };
}
