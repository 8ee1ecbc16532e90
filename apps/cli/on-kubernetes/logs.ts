import { type Context, type ExitCode, UsageError } from '../context';
import { followAll } from '../follow-all';
import { kubernetesEnvironment, onKubernetes } from '../kubernetes-environment';
import type { PlatformOptions } from '../platform-options';

interface Options extends PlatformOptions {
  readonly follow?: boolean;
  readonly tail?: number;
}

/** Prints what the pods of an environment log, those of its Jobs too. `service` is a service, a component or a pod. */
export async function logsOnCluster(context: Context, name: string, service: string | undefined, options: Options): Promise<ExitCode> {
  const target = await kubernetesEnvironment(context, name, options);
  if (target === undefined) return 1;
  const { stack, id } = target;
  return onKubernetes(context, options, async ({ cluster }) => {
    const { podsWithLogs } = await import('../../../lib/lifecycle/index.js');
    const all = await podsWithLogs(cluster, stack);
    if (all.length === 0) {
      context.terminal.err(`${id} is down; "kafkon up ${id} --platform kubernetes" brings it up\n`);
      return 1;
    }
    const chosen =
      service === undefined
        ? all.filter(({ once }) => !once)
        : all.filter((pod) => [pod.service, pod.component, pod.name].includes(service));
    if (chosen.length === 0)
      throw new UsageError(`${id} has no service ${service}; it has ${[...new Set(all.map((pod) => pod.service))].join(', ')}`);
    const { follow = false, tail } = options;
    const titled = chosen.length > 1 || service === undefined;
    const one = ({ name: pod, service: title }: (typeof chosen)[number], signal?: AbortSignal) =>
      cluster.logs(stack.namespace, pod, { follow, tail, signal }, (line) =>
        context.terminal.out(`${titled ? `${title} | ` : ''}${line}\n`),
      );
    if (follow) await followAll(chosen, one);
    else for (const pod of chosen) await one(pod);
    return 0;
  });
}
