import type { Environment } from '../model';
import { healthNow } from './health';
import { type NodeMetrics, nodeMetricsPath, readNodeMetrics } from './partition-state';
import type { Ports } from './ports';
import type { NodeIdentity, ObservedNode } from './rolling-order';
import type { Stack, StackContainer } from './stack';
import { isServing } from './status';

/** The Kafka nodes and ZooKeeper servers of a stack. */
export function nodesOf({ containers }: Pick<Stack, 'containers'>): readonly StackContainer[] {
  return containers.filter(({ component, once }) => !once && (component === 'kafka' || component === 'zookeeper'));
}

/** Asks every node how it is, from inside its container, so that no port needs to be published. */
export async function observe({ engine }: Pick<Ports, 'engine'>, stack: Stack, environment: Environment): Promise<readonly ObservedNode[]> {
  return Promise.all(
    nodesOf(stack).map(async (container): Promise<ObservedNode> => {
      const state = await engine.container(container.name);
      const ready = state !== undefined && isServing(await healthNow(engine, state));
      if (!ready || container.component !== 'kafka') return { container, ready, metrics: undefined };
      return { container, ready, metrics: await readMetrics(engine, container.name, environment) };
    }),
  );
}

/** What a Kafka node says of itself, by the name of its container; undefined where it says nothing. */
export async function readMetrics(
  engine: Pick<Ports['engine'], 'run'>,
  container: string,
  { monitoring }: Environment,
): Promise<NodeMetrics | undefined> {
  if (!monitoring.enabled) return undefined;
  const { output } = await engine.run(container, ['sh', '-c', fetchScript(monitoring.metricsPort)]).catch(() => ({ output: '' }));
  return readNodeMetrics(output);
}

/** The id of the active controller; undefined where no node says it is. */
export function activeController(nodes: readonly ObservedNode<NodeIdentity>[]): number | undefined {
  return nodes.find(({ metrics }) => metrics?.activeController === true)?.container.node;
}

/** Images have curl, or busybox' wget (whose `-T` ends some builds with a fault), or bash with a network of its own. */
function fetchScript(port: number): string {
  const url = `http://127.0.0.1:${port}${nodeMetricsPath}`;
  return [
    `if command -v curl >/dev/null 2>&1; then exec curl -fsS -m 20 '${url}'; fi`,
    `if command -v wget >/dev/null 2>&1; then exec wget -q -O - '${url}'; fi`,
    `exec bash -c 'exec 3<>/dev/tcp/127.0.0.1/${port} && printf "GET %s HTTP/1.0\\r\\n\\r\\n" "${nodeMetricsPath}" >&3 && cat <&3'`,
  ].join('; ');
}
