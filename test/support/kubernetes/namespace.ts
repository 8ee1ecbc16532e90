import { type CommandResult, command } from '../api-server/command';
import { waitFor } from '../kafka/wait-for';
import type { Pod } from './objects';

/** By this label the suites know their own namespaces. */
const ownLabel = 'kafkon.dev/test=e2e';

/** kubectl in one namespace. */
export class Namespace {
  constructor(readonly name: string) {}

  /** Whatever the exit code is. */
  attempt(args: readonly string[], stdin = ''): Promise<CommandResult> {
    return command('kubectl', ['--namespace', this.name, ...args], stdin);
  }

  /** What kubectl printed. Fails with its errors when its exit code is not 0. */
  async kubectl(args: readonly string[], stdin = ''): Promise<string> {
    const { code, output, error } = await this.attempt(args, stdin);
    if (code !== 0) throw new Error(`kubectl ${args.join(' ')}: exit code ${code}\n${error}`);
    return output;
  }

  async get<Kind>(kind: string, name: string): Promise<Kind> {
    return JSON.parse(await this.kubectl(['get', kind, name, '-o', 'json'])) as Kind;
  }

  async list<Kind>(kind: string, selector = ''): Promise<readonly Kind[]> {
    const { items } = JSON.parse(await this.kubectl(['get', kind, '-l', selector, '-o', 'json'])) as { items: readonly Kind[] };
    return items;
  }

  pods(selector = ''): Promise<readonly Pod[]> {
    return this.list<Pod>('pods', selector);
  }

  /** What the kubelet says of containers that it killed because of a probe. A broker may end by itself while nobody is there yet. */
  async killedByProbes(): Promise<readonly string[]> {
    const events = await this.kubectl(['get', 'events']);
    return events.split('\n').filter((line) => /failed (liveness|startup) probe/.test(line));
  }

  /** Marks the namespace, which is there already, as one of the suites' own. */
  async own(): Promise<void> {
    await this.kubectl(['label', '--overwrite', 'namespace', this.name, ownLabel]);
  }

  /** How things stand, for whoever has waited in vain. */
  async report(): Promise<string> {
    const [pods, events] = await Promise.all([
      this.attempt(['get', 'pods', '-o', 'wide']),
      this.attempt(['get', 'events', '--sort-by=.lastTimestamp']),
    ]);
    const unready = (await this.pods().catch(() => [])).filter(({ status }) => status.containerStatuses?.some(({ ready }) => !ready));
    const logs = await Promise.all(
      unready.slice(0, 3).map(({ metadata }) => this.attempt(['logs', '--tail=30', '--all-containers', metadata.name])),
    );
    return [pods.output, events.output.split('\n').slice(-20).join('\n'), ...logs.map(({ output, error }) => output + error)].join('\n');
  }
}

/** Removes a namespace of the suites, from a run that was broken off too, and what belongs to it outside. */
export async function removeNamespace({ name }: Namespace): Promise<void> {
  const cluster = new Namespace('default');
  const own = async () => (await cluster.kubectl(['get', 'namespaces', '-l', ownLabel, '-o', 'name'])).split('\n');
  const there = async () => (await own()).includes(`namespace/${name}`);
  if (!(await there())) return;
  await stopAtOnce(new Namespace(name));
  await cluster.kubectl(['delete', '--ignore-not-found', '--wait=false', 'namespace', name]);
  const kinds = 'validatingadmissionpolicies,validatingadmissionpolicybindings';
  await cluster.attempt(['delete', kinds, '--ignore-not-found', '-l', `kafkon.dev/environment=${name}`]);
  await waitFor(`the end of ${name}`, async () => !(await there()), { deadlineMs: 240_000, everyMs: 500 });
}

/** Nobody needs the data any more, so no broker has to hand anything over. */
async function stopAtOnce(namespace: Namespace): Promise<void> {
  await namespace.attempt(['delete', 'statefulsets,deployments,jobs,cronjobs', '--all', '--cascade=orphan']);
  await namespace.attempt(['delete', 'pods', '--all', '--grace-period=0', '--force', '--wait=false']);
}
