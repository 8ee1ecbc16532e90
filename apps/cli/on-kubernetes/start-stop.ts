import type { KubernetesPorts, Report } from '../../../lib/lifecycle';
import type { Context, ExitCode } from '../context';
import { progress } from '../docker-environment';
import { type KubernetesEnvironment, kubernetesEnvironment, occasion, onKubernetes } from '../kubernetes-environment';
import type { PlatformOptions } from '../platform-options';

interface Options extends PlatformOptions {
  readonly timeout: number;
}

/** What `start`, `stop` and `restart` do, each with some of the same two steps. */
export type Step = 'stop' | 'start';

/** Stops or starts an environment on a Kubernetes cluster, or one after the other. `done` is what it is afterwards. */
export async function startStopOnCluster(
  context: Context,
  name: string,
  options: Options,
  steps: readonly Step[],
  done: string,
): Promise<ExitCode> {
  const target = await kubernetesEnvironment(context, name, options);
  if (target === undefined) return 1;
  return onKubernetes(context, options, async (ports) => {
    for (const step of steps) await act[step](context, ports, target, options.timeout, progress(context));
    context.terminal.out(`${target.id} is ${done}\n`);
    return 0;
  });
}

type Act = (
  context: Context,
  ports: KubernetesPorts,
  target: KubernetesEnvironment,
  timeoutSeconds: number,
  report: Report,
) => Promise<void>;

const act: Readonly<Record<Step, Act>> = {
  stop: async (context, ports, { stack, environment }, _, report) => {
    const { stopOnKubernetes } = await import('../../../lib/lifecycle/index.js');
    await stopOnKubernetes(ports, stack, environment, occasion(context), report);
  },
  start: async (_, ports, { stack }, timeoutSeconds, report) => {
    const { startOnKubernetes } = await import('../../../lib/lifecycle/index.js');
    await startOnKubernetes(ports, stack, timeoutSeconds, report);
  },
};
