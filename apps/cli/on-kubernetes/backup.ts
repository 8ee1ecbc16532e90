import type { KubernetesPorts } from '../../../lib/lifecycle';
import { keepBackup, reportingOperations } from '../backup-session';
import type { Context } from '../context';
import { progress, tellingProblems } from '../docker-environment';
import type { KubernetesEnvironment } from '../kubernetes-environment';

const timeoutSeconds = 180;

/** A backup of an environment on a cluster, made inside and kept here; false when there is none now, after saying why. */
export async function backupOnCluster(
  context: Context,
  ports: KubernetesPorts,
  { id, environment, stack }: KubernetesEnvironment,
  directory: string,
): Promise<boolean> {
  const code = await reportingOperations(context, () =>
    tellingProblems(context, async () => {
      const { backupInside } = await import('../../../lib/lifecycle/index.js');
      const occasion = Buffer.from(context.randomBytes(4)).toString('hex');
      const text = await backupInside(ports, stack, { occasion, timeoutSeconds }, progress(context));
      const path = await keepBackup(context, environment.name, directory, text);
      if (path === undefined) return 1;
      context.terminal.err(`${id} is backed up in ${path}\n`);
      return 0;
    }),
  );
  if (code !== 0) context.terminal.err(`${id} was not backed up, and nothing of it was taken away; start it, or leave --backup out\n`);
  return code === 0;
}
