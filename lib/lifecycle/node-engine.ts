import type { ContainerState, Engine, Health } from './engine';
import { type Accepted, ask, type EngineAddress, type EngineQuestion, read } from './engine-request';
import { fail } from './failure';
import { frameReader } from './log-stream';

/** The parts of the engine's answers that are used. */
interface Inspected {
  readonly Id: string;
  readonly Name: string;
  readonly RestartCount: number;
  readonly State: {
    readonly Status: ContainerState['state'];
    readonly ExitCode: number;
    readonly StartedAt: string;
    readonly Health?: { readonly Status: Health; readonly Log?: readonly { readonly Output: string }[] | null };
  };
  readonly Config: {
    readonly Image: string;
    readonly Labels: Readonly<Record<string, string>> | null;
    readonly Healthcheck?: { readonly Test?: readonly string[] | null } | null;
  };
  readonly NetworkSettings: { readonly Ports: Readonly<Record<string, readonly { readonly HostPort: string }[] | null>> | null };
}

const notFound = 404;
const unchanged = 304;

/** An engine by its HTTP API. */
export function nodeEngine(address: EngineAddress): Engine {
  const answer = async <T>(question: EngineQuestion): Promise<T> => JSON.parse((await read(await ask(address, question))).toString()) as T;
  const act = async (question: EngineQuestion, accepted: Accepted = []): Promise<number> => {
    const response = await ask(address, question, accepted);
    await read(response);
    return response.statusCode ?? 0;
  };
  const find = async <T>(path: string): Promise<T | undefined> => {
    const response = await ask(address, { method: 'GET', path }, [notFound]);
    const text = (await read(response)).toString();
    return response.statusCode === notFound ? undefined : (JSON.parse(text) as T);
  };
  const container = async (name: string) => {
    const found = await find<Inspected>(`/containers/${encodeURIComponent(name)}/json`);
    return found === undefined ? undefined : stateOf(found);
  };
  return {
    async info() {
      const { ServerVersion, MemTotal, NCPU, DockerRootDir } = await answer<{
        ServerVersion: string;
        MemTotal: number;
        NCPU: number;
        DockerRootDir: string;
      }>({ method: 'GET', path: '/info' });
      return {
        version: ServerVersion,
        memory: MemTotal,
        cpus: NCPU,
        rootDirectory: DockerRootDir,
        local: address.socketPath !== undefined,
      };
    },
    hasImage: async (reference) => (await act({ method: 'GET', path: `/images/${reference}/json` }, [notFound])) !== notFound,
    async whyNotPullable(reference) {
      const response = await ask(address, { method: 'GET', path: `/distribution/${reference}/json` }, [401, 403, notFound, 500]);
      const text = (await read(response)).toString();
      if ((response.statusCode ?? 0) < 400) return undefined;
      return (JSON.parse(text) as { message?: string }).message ?? `status ${response.statusCode}`;
    },
    async pullImage(reference) {
      const response = await ask(address, { method: 'POST', path: `/images/create?fromImage=${encodeURIComponent(reference)}` });
      const lines = (await read(response)).toString().split('\n');
      const error = lines
        .map((line) => (line.trim() === '' ? {} : (JSON.parse(line) as { error?: string })).error)
        .find((each) => each !== undefined);
      if (error !== undefined) fail('docker/image-pull', `image ${reference} could not be pulled: ${error}`);
    },
    container,
    async labelled(label, value) {
      const found = await answer<{ Id: string }[]>({ method: 'GET', path: `/containers/json?all=true&${labelFilter(label, value)}` });
      // One that goes away in the meantime is none.
      return (await Promise.all(found.map(({ Id }) => container(Id)))).flatMap((each) => each ?? []);
    },
    async memory(name) {
      type Stats = { memory_stats: { usage?: number; stats?: { inactive_file?: number; total_inactive_file?: number } } };
      const found = await find<Stats>(`/containers/${encodeURIComponent(name)}/stats?stream=false&one-shot=true`);
      const { usage, stats } = found?.memory_stats ?? {};
      return usage === undefined ? undefined : usage - (stats?.total_inactive_file ?? stats?.inactive_file ?? 0);
    },
    start: async (name) => void (await act({ method: 'POST', path: `/containers/${encodeURIComponent(name)}/start` }, [unchanged])),
    stop: async (name, seconds) =>
      void (await act({ method: 'POST', path: `/containers/${encodeURIComponent(name)}/stop?t=${seconds}` }, [unchanged, notFound])),
    removeContainer: async (name) =>
      void (await act({ method: 'DELETE', path: `/containers/${encodeURIComponent(name)}?force=true&v=true` }, [notFound])),
    async logs(name, { follow, tail, signal }, line) {
      const query = `stdout=true&stderr=true&follow=${follow}&tail=${tail ?? 'all'}`;
      const frames = frameReader(line);
      try {
        for await (const chunk of await ask(address, {
          method: 'GET',
          path: `/containers/${encodeURIComponent(name)}/logs?${query}`,
          signal,
        }))
          frames(chunk as Buffer);
      } catch (error) {
        if (signal?.aborted !== true) throw error;
      }
      frames();
    },
    async run(name, command, { timeoutSeconds } = {}) {
      const signal = timeoutSeconds === undefined ? undefined : AbortSignal.timeout(timeoutSeconds * 1000);
      const path = `/containers/${encodeURIComponent(name)}/exec`;
      const { Id } = await answer<{ Id: string }>({
        method: 'POST',
        path,
        json: { AttachStdout: true, AttachStderr: true, Cmd: command },
        signal,
      });
      const lines: string[] = [];
      const frames = frameReader((text) => lines.push(text));
      frames(await read(await ask(address, { method: 'POST', path: `/exec/${Id}/start`, json: { Detach: false, Tty: false }, signal })));
      frames();
      const { ExitCode } = await answer<{ ExitCode: number | null }>({ method: 'GET', path: `/exec/${Id}/json` });
      return { code: ExitCode ?? -1, output: lines.join('\n') };
    },
    async networks(label, value) {
      const found = await answer<{ Id: string }[]>({ method: 'GET', path: `/networks?${labelFilter(label, value)}` });
      const all = await Promise.all(
        found.map(({ Id }) => find<{ Id: string; Name: string; Containers?: Record<string, { Name: string }> }>(`/networks/${Id}`)),
      );
      return all.flatMap((each) =>
        each === undefined
          ? []
          : [{ id: each.Id, name: each.Name, containers: Object.values(each.Containers ?? {}).map(({ Name }) => Name) }],
      );
    },
    removeNetwork: async (id) => void (await act({ method: 'DELETE', path: `/networks/${id}` }, [notFound])),
    async volumes(label, value) {
      const { Volumes } = await answer<{ Volumes: { Name: string }[] | null }>({
        method: 'GET',
        path: `/volumes?${labelFilter(label, value)}`,
      });
      return (Volumes ?? []).map(({ Name }) => Name);
    },
    removeVolume: async (name) => void (await act({ method: 'DELETE', path: `/volumes/${encodeURIComponent(name)}` }, [notFound])),
  };
}

function labelFilter(label: string, value: string | undefined): string {
  return `filters=${encodeURIComponent(JSON.stringify({ label: [value === undefined ? label : `${label}=${value}`] }))}`;
}

/** Docker's own way of writing a health check, as a command. */
function commandOf([kind, ...words]: readonly string[]): readonly string[] {
  if (kind === 'CMD') return words;
  return kind === 'CMD-SHELL' ? ['/bin/sh', '-c', ...words] : [];
}

function stateOf({ Id, Name, RestartCount, State, Config, NetworkSettings }: Inspected): ContainerState {
  const log = State.Health?.Log ?? [];
  return {
    id: Id,
    name: Name.replace(/^\//, ''),
    state: State.Status,
    health: State.Health?.Status ?? 'none',
    healthOutput: log.at(-1)?.Output.trim() ?? '',
    healthCheck: commandOf(Config.Healthcheck?.Test ?? []),
    exitCode: State.ExitCode,
    startedAt: new Date(State.StartedAt),
    restarts: RestartCount,
    image: Config.Image,
    labels: Config.Labels ?? {},
    ports: Object.entries(NetworkSettings.Ports ?? {}).flatMap(([inside, bindings]) => {
      const hosts = new Set((bindings ?? []).map(({ HostPort }) => Number(HostPort)));
      return [...hosts].map((host) => ({ host, container: Number.parseInt(inside, 10) }));
    }),
  };
}
