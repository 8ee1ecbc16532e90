import { Command, Option } from 'commander';
import { environmentLoader, renderProblems } from '../../../lib/environment';
import { type Platform, type Problem, platforms } from '../../../lib/model';
import type { Context } from '../context';
import { problemsOf } from '../docker-environment';
import { directoryOption, outputOption, type Run } from '../options';
import { withClusterChoice } from '../platform-options';
import { table } from '../table';

interface Options {
  readonly environments: string;
  readonly output: 'text' | 'json';
  readonly platform?: Platform;
  readonly kubeconfig?: string;
  readonly context?: string;
}

/** A cluster that was found on a platform. */
interface Found {
  readonly cluster: string;
  readonly platform: Platform;
  readonly namespace?: string;
  readonly standing: string;
  /** Containers or pods. */
  readonly containers: number;
}

/** One line of the list. */
interface Listed extends Omit<Found, 'platform'> {
  /** The environment's id; absent for a cluster that no file here describes. */
  readonly environment?: string;
  /** Absent where it is on none. */
  readonly platform?: Platform;
}

/** How long an API server may take to answer, in seconds: nobody is waiting for this one alone. */
const patienceSeconds = 5;

/** `kafkon list`: every environment, and whether it is up on this Docker host or Kubernetes cluster. */
export function listCommand(run: Run): Command {
  return withClusterChoice(
    new Command('list')
      .summary('list environments and whether they are up')
      .description(
        'Lists every environment that is no base of others, and every cluster of kafkon on the Docker host and on the Kubernetes cluster, ' +
          'with how it stands. A platform that does not answer is left out.',
      )
      .addOption(directoryOption())
      .addOption(new Option('--platform <platform>', 'look at this one alone; default: both').choices(platforms))
      .addOption(outputOption()),
  )
    .addHelpText(
      'after',
      '\nExamples:\n  kafkon list\n  kafkon list --platform kubernetes --context staging\n  kafkon list -o json | jq \'.[] | select(.standing == "up")\'\n\nExit status: 0 shown, 1 no platform answers, 2 wrong usage.',
    )
    .action((options: Options) =>
      run(async (context) => {
        const asked = options.platform === undefined ? platforms : [options.platform];
        const answers = await Promise.all(asked.map((platform) => answerOf(context, platform, options)));
        context.terminal.err(renderProblems(answers.flatMap((answer) => ('problems' in answer ? answer.problems : []))));
        if (answers.every((answer) => 'problems' in answer)) return 1;
        const { names, unread } = namesOf(context, options.environments);
        for (const id of unread)
          context.terminal.err(`warning: ${id} is left out, since its name is not known; kafkon validate ${id} says why\n`);
        const rows = rowsOf(
          names,
          answers.flatMap((answer) => ('found' in answer ? answer.found : [])),
        );
        if (options.output === 'json') context.terminal.out(`${JSON.stringify(rows, undefined, 2)}\n`);
        else context.terminal.out(table(rows.map(line)));
        return 0;
      }),
    );
}

type Answer = { readonly found: readonly Found[] } | { readonly problems: readonly Problem[] };

async function answerOf(context: Context, platform: Platform, options: Options): Promise<Answer> {
  try {
    return { found: platform === 'docker' ? await onDocker(context) : await onKubernetes(context, options) };
  } catch (error) {
    // The other platform may answer; that this one does not is worth a line and no more.
    return { problems: (await problemsOf(error)).map((problem) => ({ ...problem, severity: 'warning' })) };
  }
}

async function onDocker(context: Context): Promise<readonly Found[]> {
  const { allHealthNow, clusterLabel, isServing, standingOf } = await import('../../../lib/lifecycle/index.js');
  const { engine } = await context.docker();
  const services = (await engine.labelled(clusterLabel)).filter(({ labels }) => labels['kafkon.dev/component'] !== 'prepare');
  const containers = await allHealthNow(engine, services);
  return [...new Set(containers.map(({ labels }) => labels[clusterLabel] ?? ''))].map((cluster) => {
    const own = containers.filter(({ labels }) => labels[clusterLabel] === cluster);
    return { cluster, platform: 'docker', standing: standingOf(own.filter(isServing).length, own.length), containers: own.length };
  });
}

async function onKubernetes(context: Context, { kubeconfig, context: name }: Options): Promise<readonly Found[]> {
  const { environmentsOn, standingOf } = await import('../../../lib/lifecycle/index.js');
  const { cluster } = await context.kubernetes({ kubeconfig, context: name, patienceSeconds });
  return (await environmentsOn(cluster)).map(({ name: found, namespace, pods, ready }) => ({
    cluster: found,
    platform: 'kubernetes',
    namespace,
    standing: standingOf(ready, pods),
    containers: pods,
  }));
}

/** Environments by the names of their clusters, and those that do not tell theirs. */
function namesOf(context: Context, directory: string): { readonly names: ReadonlyMap<string, string>; readonly unread: readonly string[] } {
  const loader = environmentLoader(context.files, { directory });
  const names = new Map<string, string>();
  const unread: string[] = [];
  for (const { id, abstract } of loader.discover().environments) {
    if (abstract) continue;
    const name = (loader.load(id).value as { name?: unknown } | undefined)?.name;
    if (typeof name === 'string') names.set(name, id);
    else unread.push(id);
  }
  return { names, unread };
}

function rowsOf(names: ReadonlyMap<string, string>, found: readonly Found[]): readonly Listed[] {
  const clusters = new Set([...names.keys(), ...found.map(({ cluster }) => cluster)]);
  return [...clusters].flatMap((cluster): Listed[] => {
    const id = names.get(cluster);
    const known = id === undefined ? {} : { environment: id };
    const own = found.filter((each) => each.cluster === cluster);
    if (own.length === 0) return [{ ...known, cluster, standing: 'down', containers: 0 }];
    return own.map((each) => ({ ...known, ...each }));
  });
}

function line({ environment, cluster, platform, namespace, standing, containers }: Listed): Record<string, string> {
  return {
    ENVIRONMENT: environment ?? '-',
    CLUSTER: cluster,
    PLATFORM: platform === undefined ? '-' : namespace === undefined ? platform : `${platform}/${namespace}`,
    STANDING: standing,
    CONTAINERS: String(containers),
  };
}
