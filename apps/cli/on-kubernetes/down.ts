import { backupDirectory } from '../backup-session';
import { confirmed } from '../confirmed';
import type { Context, ExitCode } from '../context';
import { progress } from '../docker-environment';
import { kubernetesEnvironment, occasion, onKubernetes } from '../kubernetes-environment';
import type { PlatformOptions } from '../platform-options';
import { backupOnCluster } from './backup';

interface Options extends PlatformOptions {
  /** True: the usual directory. */
  readonly backup?: string | true;
  readonly force?: true;
  readonly volumes?: true;
  readonly yes?: true;
}

/** Takes an environment away from a Kubernetes cluster. */
export async function downOnCluster(context: Context, name: string, options: Options): Promise<ExitCode> {
  const target = await kubernetesEnvironment(context, name, options);
  if (target === undefined) return 1;
  const { environment, stack } = target;
  const { backup, volumes = false, force = false, yes = false } = options;
  return onKubernetes(context, options, async (ports) => {
    const { claimsOf, downOnKubernetes } = await import('../../../lib/lifecycle/index.js');
    await ports.cluster.version();
    if (volumes) {
      const claims = (await claimsOf(ports, stack)).map(({ metadata }) => ({ address: metadata.name, name: metadata.name, kept: true }));
      if (!(await confirmed(context, { cluster: stack.name, volumes: claims }, yes))) return 1;
    }
    if (backup !== undefined && !(await backupOnCluster(context, ports, target, backup === true ? backupDirectory : backup))) return 1;
    await downOnKubernetes(ports, stack, environment, { force, volumes, occasion: occasion(context) }, progress(context));
    context.terminal.out(`${target.id} is down${volumes ? ', its data is gone' : ', its data is kept'}\n`);
    return 0;
  });
}
