import { type Block, list } from './terraform';

const MiB = 2 ** 20;

const translated = [
  'attach',
  'capabilities',
  'cpu_period',
  'cpu_quota',
  'cpu_shares',
  'depends_on',
  'destroy_grace_seconds',
  'entrypoint',
  'env',
  'healthcheck',
  'hostname',
  'image',
  'labels',
  'log_driver',
  'log_opts',
  'memory',
  'memory_swap',
  'mounts',
  'must_run',
  'name',
  'network_mode',
  'networks_advanced',
  'ports',
  'read_only',
  'restart',
  'security_opts',
  'stop_signal',
  'stop_timeout',
  'tmpfs',
  'ulimit',
  'upload',
  'user',
  'volumes',
];

/** Nanoseconds, of a duration as Go writes it. */
function nanoseconds(duration: unknown): number {
  const units: Readonly<Record<string, number>> = { h: 3600, m: 60, s: 1 };
  return [...String(duration).matchAll(/(\d+)([hms])/g)].reduce(
    (sum, [, count, unit]) => sum + Number(count) * (units[unit ?? ''] ?? 0) * 1e9,
    0,
  );
}

/**
 * What the provider asks the engine for when it creates a container. Fails at an attribute that is not translated, so that nothing is
 * left out in silence.
 */
export function containerRequest(container: Block): object {
  const unknown = Object.keys(container).filter((key) => !translated.includes(key));
  if (unknown.length > 0) throw new Error(`the stand-in does not know ${unknown.join(', ')}`);
  const check = container.healthcheck as Block | undefined;
  const ports = list(container, 'ports');
  const capabilities = container.capabilities as Block | undefined;
  return {
    Image: container.image,
    Hostname: container.hostname,
    Entrypoint: container.entrypoint,
    Env: container.env,
    User: container.user,
    StopSignal: container.stop_signal,
    StopTimeout: container.stop_timeout,
    Labels: Object.fromEntries(list(container, 'labels').map(({ label, value }) => [label, value])),
    ExposedPorts: Object.fromEntries(ports.map(({ internal }) => [`${internal}/tcp`, {}])),
    ...(check === undefined
      ? {}
      : {
          Healthcheck: {
            Test: check.test,
            Interval: nanoseconds(check.interval),
            Timeout: nanoseconds(check.timeout),
            StartPeriod: nanoseconds(check.start_period),
            Retries: check.retries,
          },
        }),
    HostConfig: {
      NetworkMode: container.network_mode ?? 'bridge',
      ReadonlyRootfs: container.read_only ?? false,
      RestartPolicy: { Name: container.restart },
      Memory: Number(container.memory) * MiB,
      MemorySwap: Number(container.memory_swap) * MiB,
      CpuShares: container.cpu_shares,
      CpuPeriod: container.cpu_period,
      CpuQuota: container.cpu_quota,
      Ulimits: list(container, 'ulimit').map(({ name, soft, hard }) => ({ Name: name, Soft: soft, Hard: hard })),
      CapDrop: capabilities?.drop,
      SecurityOpt: container.security_opts,
      Tmpfs: container.tmpfs,
      LogConfig: { Type: container.log_driver ?? '', Config: container.log_opts },
      Mounts: list(container, 'mounts').map(({ type, source, target, read_only }) => ({
        Type: type,
        Source: source,
        Target: target,
        ReadOnly: read_only ?? false,
      })),
      Binds: list(container, 'volumes').map(({ host_path, container_path }) => `${host_path}:${container_path}:rw`),
      PortBindings: Object.fromEntries(
        ports.map(({ internal, external }) => [`${internal}/tcp`, [{ HostIp: '0.0.0.0', HostPort: String(external) }]]),
      ),
    },
  };
}
