import type { KubernetesPorts, KubernetesStack, LeavingNode } from '../../../lib/lifecycle';
import { type Problem, startedKafka } from '../../../lib/model';
import { addressBookText } from '../address-book-text';
import { confirmed } from '../confirmed';
import type { Context, ExitCode } from '../context';
import { progress, toldOf } from '../docker-environment';
import { type KubernetesEnvironment, kubernetesEnvironment, occasion, onKubernetes } from '../kubernetes-environment';
import type { PlatformOptions } from '../platform-options';

interface Options extends PlatformOptions {
  readonly output: 'text' | 'json';
  readonly clean?: boolean;
  readonly yes?: boolean;
  readonly force?: boolean;
  readonly remove?: readonly string[];
  readonly takeOver?: boolean;
  readonly topics: boolean;
  readonly timeout: number;
}

/** Brings an environment up on a Kubernetes cluster, until every pod is ready and the Job is done. */
export async function upOnCluster(context: Context, name: string, options: Options): Promise<ExitCode> {
  const target = await kubernetesEnvironment(context, name, options);
  if (target === undefined) return 1;
  return onKubernetes(context, options, async (ports) => {
    if (options.clean === true && !(await clean(context, target, ports, options))) return 1;
    return bringUp(context, target, ports, options);
  });
}

async function bringUp(context: Context, target: KubernetesEnvironment, ports: KubernetesPorts, options: Options): Promise<ExitCode> {
  const { applicable, kubernetesAddressBook, kubernetesProblems, leavingNodes, livePods, startedPods, surveyKubernetes } = await import(
    '../../../lib/lifecycle/index.js'
  );
  const { upgradeProblems, upgradeSteps, upOnKubernetes } = await import('../../../lib/lifecycle/index.js');
  const { environment } = target;
  const report = progress(context);
  const whole = await withJobs(context, target, options.topics);
  const survey = await surveyKubernetes(ports.cluster, whole);
  const stack = applicable(whole, survey);
  const leaving = leavingNodes(stack, survey.live);
  const wanted = startedKafka(environment);
  const started = startedPods(await livePods(ports.cluster, stack));
  const problems = [
    ...kubernetesProblems(stack, environment, survey),
    ...(await scaleIn(ports, target, stack, leaving, options)),
    ...upgradeProblems(wanted, started, options.force),
  ];
  if (toldOf(context, problems)) return 1;
  if (stack !== whole) report('there is no cert-manager; the Secrets with the certificates are there, and stay as they are');
  for (const step of upgradeSteps(wanted, started)) report(step);
  await target.write();
  const { takeOver = false, timeout: timeoutSeconds } = options;
  const done = await upOnKubernetes(ports, stack, survey, { takeOver, timeoutSeconds, leaving, occasion: occasion(context) }, report);
  if (done.restartPending.length > 0)
    report(
      `${done.restartPending.join(', ')} ${done.restartPending.length === 1 ? 'runs' : 'run'} as before: "kafkon brokers ${target.id} roll --platform kubernetes" restarts one at a time`,
    );
  const services = await ports.cluster.list(stack.namespace, [{ apiVersion: 'v1', kind: 'Service' }]);
  const book = kubernetesAddressBook(environment, stack, services);
  context.terminal.out(options.output === 'json' ? `${JSON.stringify(book, undefined, 2)}\n` : addressBookText(book));
  return 0;
}

/**
 * An environment that does not name its cluster yet is no failure: that is how the first start with ZooKeeper goes, and its Job could
 * only refuse.
 */
async function withJobs(context: Context, { id, environment, stack }: KubernetesEnvironment, topics: boolean): Promise<KubernetesStack> {
  const { withoutJobs } = await import('../../../lib/lifecycle/index.js');
  if (!topics) return withoutJobs(stack);
  if (environment.clusterId !== undefined || environment.kind === 'development') return stack;
  context.terminal.err(
    `topics, users and grants: the environment does not name its cluster yet; kafkon cluster ${id} pin, then kafkon up ${id} --platform kubernetes\n`,
  );
  return withoutJobs(stack);
}

async function scaleIn(
  { cluster }: KubernetesPorts,
  { environment }: KubernetesEnvironment,
  stack: KubernetesStack,
  leaving: readonly LeavingNode[],
  { remove = [], force = false }: Options,
): Promise<readonly Problem[]> {
  const { scaleInProblems } = await import('../../../lib/lifecycle/index.js');
  return scaleInProblems(cluster, stack, leaving, environment, { remove, force });
}

async function clean(context: Context, target: KubernetesEnvironment, ports: KubernetesPorts, { yes = false }: Options): Promise<boolean> {
  const { claimsOf, downOnKubernetes } = await import('../../../lib/lifecycle/index.js');
  const { stack, environment } = target;
  const claims = (await claimsOf(ports, stack)).map(({ metadata: { name } }) => ({ address: name, name, kept: true }));
  if (!(await confirmed(context, { cluster: stack.name, volumes: claims }, yes))) return false;
  await downOnKubernetes(
    ports,
    stack,
    environment,
    { force: false, volumes: true, keepNamespace: true, occasion: occasion(context) },
    progress(context),
  );
  return true;
}
