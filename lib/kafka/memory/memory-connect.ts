import type { Outcome } from '../admin';
import type { ConnectCluster, Connector, ConnectorConfig, ConnectorState } from '../connect';

const done: Outcome = { done: true };

/** Kafka Connect in memory: connectors run the moment they are made. Any class ending in `Source` or `Sink` is known. */
export function memoryConnect(): ConnectCluster {
  const connectors = new Map<string, Connector>();
  let sent = 0;
  const absent = (name: string): Outcome => ({ done: false, reason: 'not-found', message: `Connector ${name} not found` });
  const become = async (name: string, state: ConnectorState): Promise<Outcome> => {
    sent++;
    const found = connectors.get(name);
    if (found === undefined) return absent(name);
    connectors.set(name, { ...found, state, tasks: tasksOf(found.config, state) });
    return done;
  };

  return {
    connectors: async () => {
      sent++;
      return new Map(connectors);
    },
    validate: async (config) => {
      sent++;
      return problemsOf(config);
    },
    put: async (name, config, { begins } = {}) => {
      sent++;
      const [problem] = problemsOf(config);
      if (problem !== undefined) return { done: false, reason: 'invalid', message: `${problem[0]}: ${problem[1].join('; ')}` };
      const state: ConnectorState = connectors.get(name)?.state ?? begins ?? 'running';
      connectors.set(name, { type: typeOf(config), config: { ...config }, state, tasks: tasksOf(config, state) });
      return done;
    },
    pause: (name) => become(name, 'paused'),
    resume: (name) => become(name, 'running'),
    stop: (name) => become(name, 'stopped'),
    restart: (name) => become(name, 'running'),
    remove: async (name) => {
      sent++;
      return connectors.delete(name) ? done : absent(name);
    },
    requestsSent: () => sent,
  };
}

/** A connector that is stopped has no tasks. */
function tasksOf(config: ConnectorConfig, state: ConnectorState): Connector['tasks'] {
  return state === 'stopped' ? [] : Array.from({ length: Number(config['tasks.max'] ?? 1) }, (_, id) => ({ id, state }));
}

function typeOf(config: ConnectorConfig): Connector['type'] {
  const name = config['connector.class'] ?? '';
  if (/Source(Connector)?$/.test(name)) return 'source';
  return /Sink(Connector)?$/.test(name) ? 'sink' : 'unknown';
}

function problemsOf(config: ConnectorConfig): ReadonlyMap<string, readonly string[]> {
  const problems = new Map<string, readonly string[]>();
  if (typeOf(config) === 'unknown')
    problems.set('connector.class', [`Failed to find any class that implements Connector: ${config['connector.class']}`]);
  const tasks = config['tasks.max'];
  if (tasks !== undefined && !/^[1-9]\d*$/.test(tasks)) problems.set('tasks.max', [`Invalid value ${tasks} for configuration tasks.max`]);
  return problems;
}
