import type { Outcome, Reason } from './admin';
import type { ConnectCluster, Connector, ConnectorConfig, ConnectorState } from './connect';
import { askService, messageOf, type ServiceAnswer, type ServiceConnection, type ServiceRequest, unexpected } from './service';
import { Patience } from './session';

const contentType = 'application/json';
const states: readonly ConnectorState[] = ['unassigned', 'running', 'paused', 'stopped', 'failed', 'restarting'];
const defaultRequestTimeoutMs = 30_000;

interface WireConnector {
  readonly info: { readonly type?: string; readonly config: ConnectorConfig };
  readonly status?: {
    readonly connector: { readonly state: string };
    readonly tasks: readonly { readonly id: number; readonly state: string; readonly trace?: string }[];
  };
}

/** Kafka Connect behind its HTTP interface. */
export function connectClusterFor(connection: ServiceConnection): ConnectCluster {
  let sent = 0;
  /** Workers that are rebalancing answer 409: asks again. What is there already has the same number. */
  const ask = async (method: ServiceRequest['method'], path: string, body?: unknown): Promise<ServiceAnswer> => {
    const patience = new Patience(connection.requestTimeoutMs ?? defaultRequestTimeoutMs);
    for (;;) {
      sent++;
      const answer = await askService(connection, { method, path, contentType, ...(body === undefined ? {} : { body }) });
      if (answer.status !== 409 || isThere(answer) || !(await patience.again())) return answer;
    }
  };
  const change = async (method: ServiceRequest['method'], path: string, body?: unknown) => outcomeOf(await ask(method, path, body));
  const of = (name: string) => `/connectors/${encodeURIComponent(name)}`;
  const replace = (name: string, config: ConnectorConfig) => change('PUT', `${of(name)}/config`, config);
  const make = async (name: string, config: ConnectorConfig, begins: 'paused' | 'stopped'): Promise<Outcome> => {
    const answer = await ask('POST', '/connectors', { name, config, initial_state: begins.toUpperCase() });
    // Older workers take no field that they don't know.
    return isThere(answer) || messageOf(answer).includes('initial_state') ? replace(name, config) : outcomeOf(answer);
  };

  return {
    connectors: async () => {
      const answer = await ask('GET', '/connectors?expand=info&expand=status');
      if (answer.status !== 200) throw unexpected('listing connectors', answer);
      const found = answer.body as Readonly<Record<string, WireConnector>>;
      return new Map(Object.entries(found).map(([name, each]) => [name, connectorOf(each)]));
    },
    validate: async (config) => {
      const plugin = (config['connector.class'] ?? '').split('.').at(-1) ?? '';
      const answer = await ask('PUT', `/connector-plugins/${encodeURIComponent(plugin)}/config/validate`, config);
      if (answer.status !== 200) return new Map([['connector.class', [messageOf(answer)]]]);
      const { configs } = answer.body as {
        readonly configs: readonly { readonly value: { readonly name: string; readonly errors: readonly string[] } }[];
      };
      return new Map(configs.filter(({ value }) => value.errors.length > 0).map(({ value }) => [value.name, value.errors]));
    },
    put: (name, config, { begins } = {}) => (begins === undefined ? replace(name, config) : make(name, config, begins)),
    pause: (name) => change('PUT', `${of(name)}/pause`),
    resume: (name) => change('PUT', `${of(name)}/resume`),
    stop: (name) => change('PUT', `${of(name)}/stop`),
    restart: (name) => change('POST', `${of(name)}/restart?includeTasks=true&onlyFailed=true`),
    remove: (name) => change('DELETE', of(name)),
    requestsSent: () => sent,
  };
}

function isThere(answer: ServiceAnswer): boolean {
  return answer.status === 409 && messageOf(answer).includes('already exists');
}

function connectorOf({ info, status }: WireConnector): Connector {
  const { name: _, ...config } = info.config;
  return {
    type: info.type === 'source' || info.type === 'sink' ? info.type : 'unknown',
    config,
    state: stateOf(status?.connector.state ?? ''),
    tasks: (status?.tasks ?? []).map(({ id, state, trace }) => ({ id, state: stateOf(state), ...(trace === undefined ? {} : { trace }) })),
  };
}

function stateOf(text: string): ConnectorState {
  const state = text.toLowerCase();
  return states.find((each) => each === state) ?? 'unknown';
}

const reasons: Readonly<Record<number, Reason>> = { 400: 'invalid', 404: 'not-found', 409: 'busy', 422: 'invalid' };

function outcomeOf(answer: ServiceAnswer): Outcome {
  if (answer.status >= 200 && answer.status < 300) return { done: true };
  return { done: false, reason: reasons[answer.status] ?? 'unknown', message: messageOf(answer) };
}
