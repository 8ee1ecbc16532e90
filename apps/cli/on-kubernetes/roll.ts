import type { Problem } from '../../../lib/model';
import { type Context, type ExitCode, UsageError } from '../context';
import { progress, toldOf } from '../docker-environment';
import { kubernetesEnvironment, onKubernetes } from '../kubernetes-environment';
import type { PlatformOptions } from '../platform-options';

interface Options extends PlatformOptions {
  readonly all?: boolean;
  readonly force?: boolean;
  readonly timeout: number;
}

/** Restarts the nodes of an environment on a Kubernetes cluster one at a time. `named` are services or pods. */
export async function rollOnCluster(context: Context, name: string, named: readonly string[], options: Options): Promise<ExitCode> {
  const target = await kubernetesEnvironment(context, name, options);
  if (target === undefined) return 1;
  const { environment, stack, id } = target;
  const { all = false, force = false, timeout: timeoutSeconds } = options;
  return onKubernetes(context, options, async ({ cluster, host }) => {
    const { isPodBehind, livePods, rollPods, startedPods, upgradeProblems } = await import('../../../lib/lifecycle/index.js');
    const live = await livePods(cluster, stack);
    const { pods, workloads } = live;
    const nodes = pods.filter(({ workload }) => workload.nodes);
    if (nodes.length === 0) {
      context.terminal.err(`${id} is not up; "kafkon up ${id} --platform kubernetes" brings it up\n`);
      return 1;
    }
    const unknown = named.find((each) => !nodes.some((node) => node.service === each || node.name === each));
    if (unknown !== undefined)
      throw new UsageError(`${id} has no node ${unknown}; it has ${nodes.map(({ service }) => service).join(', ')}`);
    // Whatever applied it: what restarts is what the cluster was told last, not what the file says.
    const wanted = workloads.flatMap(({ component, started }) => (component === 'kafka' && started !== undefined ? [started] : []));
    const problems = wanted.flatMap((each) => upgradeProblems(each, startedPods(live), force));
    if (toldOf(context, distinct(problems))) return 1;
    const report = progress(context);
    const applied = stack.workloads.every((declared) =>
      workloads.some((live) => live.name === declared.name && live.contentHash === declared.contentHash),
    );
    if (!applied)
      report(`the environment says something else than what was applied last; "kafkon up ${id} --platform kubernetes" applies it`);
    const chosen = nodes.filter((node) =>
      named.length > 0 ? named.includes(node.service) || named.includes(node.name) : all || isPodBehind(node),
    );
    const services = chosen.map(({ service }) => service);
    if (services.length > 0) await rollPods({ cluster, host }, stack, environment, { services, force, timeoutSeconds }, report);
    context.terminal.out(
      services.length === 0 ? 'no node has changed; --all restarts them all the same\n' : `${services.length} restarted\n`,
    );
    return 0;
  });
}

/** Workloads that want the same meet the same. */
function distinct(problems: readonly Problem[]): readonly Problem[] {
  return [...new Map(problems.map((problem) => [problem.message, problem])).values()];
}
