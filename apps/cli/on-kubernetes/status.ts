import type { PodStatus } from '../../../lib/lifecycle';
import { formatBytes } from '../../../lib/model';
import type { Context, ExitCode } from '../context';
import { duration } from '../duration';
import { kubernetesEnvironment, onKubernetes } from '../kubernetes-environment';
import type { PlatformOptions } from '../platform-options';
import { table } from '../table';

interface Options extends PlatformOptions {
  readonly output: 'text' | 'json';
}

/** Shows every pod of an environment as it stands. */
export async function statusOnCluster(context: Context, name: string, options: Options): Promise<ExitCode> {
  const target = await kubernetesEnvironment(context, name, options);
  if (target === undefined) return 1;
  const { stack, id } = target;
  return onKubernetes(context, options, async ({ cluster }) => {
    const { livePods, podStatusRows, readiness, standingOf, wholeReasonOf } = await import('../../../lib/lifecycle/index.js');
    const [live, memory] = await Promise.all([livePods(cluster, stack), cluster.memory(stack.namespace)]);
    const reasons = new Map<string, string>();
    for (const pod of live.pods) {
      const reason = pod.state?.ready === true ? undefined : await wholeReasonOf(cluster, stack, pod);
      if (reason !== undefined) reasons.set(pod.name, reason);
    }
    const rows = podStatusRows(stack, live, memory, context.now);
    const pods = rows.map((each): PodStatus => {
      const trouble = reasons.get(each.pod);
      return trouble === undefined ? each : { ...each, trouble };
    });
    const { ready, expected } = readiness(stack, pods);
    const standing = standingOf(ready, expected);
    if (options.output === 'json')
      context.terminal.out(
        `${JSON.stringify({ environment: id, platform: 'kubernetes', namespace: stack.namespace, standing, pods }, undefined, 2)}\n`,
      );
    else {
      const troubles = pods.flatMap(({ service, trouble }) => (trouble === undefined ? [] : [`${service}: ${trouble}\n`]));
      context.terminal.out(`${id} is ${standing}\n${table(pods.map(row))}${troubles.join('')}`);
    }
    return 0;
  });
}

const MiB = 2 ** 20;

function row({ service, pod, state, ready, ageSeconds, memory, restarts, restartPending, upPending }: PodStatus): Record<string, string> {
  const pending = [...(upPending ? ['up'] : []), ...(restartPending ? ['restart'] : [])];
  return {
    SERVICE: service,
    POD: pod,
    STATE: state,
    READY: ready ? 'yes' : 'no',
    AGE: ageSeconds === undefined ? '-' : duration(ageSeconds),
    MEMORY: memory === undefined ? '-' : formatBytes(Math.ceil(memory / MiB) * MiB),
    RESTARTS: String(restarts),
    PENDING: pending.length === 0 ? '-' : pending.join(','),
  };
}
