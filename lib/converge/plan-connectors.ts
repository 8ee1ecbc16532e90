import type { Desired } from './desired';
import type { DesiredConnector } from './desired-connectors';
import type { Findings, Note } from './findings';
import type { Live } from './live';
import { connectorScope, hidden, type LiveConnector } from './live-connectors';
import { isSilent } from './service-call';
import type { PutConnector, SetConnectorState, Step } from './step';
import { undoConnector, undoConnectorState } from './undo-services';

/** Connectors to make, to change, to pause and to remove. What is there and not owned is never changed. */
export function planConnectors(desired: Desired, live: Live): Findings {
  const scope = connectorScope(desired.connectors, live.ownership);
  if (scope === undefined) return { steps: [], notes: [] };
  const { connectors } = live;
  const subject = 'Kafka Connect';
  if (connectors === undefined) {
    const count = Object.keys(scope).length;
    const reason = `no worker is named, and ${count} ${count === 1 ? 'connector is' : 'connectors are'} declared or owned`;
    return { steps: [refusal(subject, reason, 'give --connect')], notes: [] };
  }
  if (isSilent(connectors)) {
    const reason = `${connectors.failure}; nothing was asked of it`;
    return { steps: [refusal(subject, reason, 'run again when it answers')], notes: [] };
  }
  const wanted = desired.connectors ?? [];
  const each = wanted.map((connector) => stepsFor(connector, connectors.get(connector.connector), live));
  const names = new Set(wanted.map(({ connector }) => connector));
  const undeclared = Object.keys(scope).filter((name) => !names.has(name));
  return {
    steps: [...each.flatMap(({ steps }) => steps), ...undeclared.filter((name) => connectors.has(name)).map(deletion)],
    notes: each.flatMap(({ notes }) => notes),
    outdated: { connectors: undeclared.filter((name) => !connectors.has(name)) },
  };
}

function refusal(subject: string, reason: string, remedy: string): Step {
  return { kind: 'refuse', id: `refuse ${subject}`, class: 'no-op', affects: [], undo: [], subject, reason, remedy };
}

function stepsFor(wanted: DesiredConnector, there: LiveConnector | undefined, live: Live): Findings {
  const { connector } = wanted;
  const steps = [...settings(wanted, there), ...state(wanted, there)];
  if (there === undefined) return { steps, notes: [] };
  if (!live.ownership.connectors.has(connector)) {
    const remedy = `kafkon connectors <environment> adopt ${connector}`;
    if (steps.length > 0) {
      const reason = 'it exists, differs from what is declared, and is not owned';
      return { steps: [refusal(`connector ${connector}`, reason, remedy)], notes: [] };
    }
    const message = `the connector ${connector} is as declared and not owned; to keep it so: ${remedy}`;
    return { steps: [], notes: [{ code: 'connector-not-owned', message }] };
  }
  return { steps, notes: notesOf(wanted, there) };
}

function settings(wanted: DesiredConnector, there: LiveConnector | undefined): readonly PutConnector[] {
  const { connector, config, secrets, state: target } = wanted;
  const changed = there === undefined ? [...Object.keys(config), ...Object.keys(secrets)] : differing(wanted, there);
  if (changed.length === 0) return [];
  const before = changed.flatMap((key): [string, string][] => {
    const value = there?.config[key];
    return value === undefined ? [] : [[key, value]];
  });
  return [
    {
      kind: 'put-connector',
      id: `put-connector ${connector}`,
      class: 'online',
      affects: there === undefined ? [] : ['its tasks start anew'],
      undo: undoConnector(connector, there?.config),
      connector,
      config,
      secrets,
      isNew: there === undefined,
      ...(there === undefined && target !== 'running' ? { begins: target } : {}),
      changed: [...changed].sort(),
      from: Object.fromEntries(before.sort()),
    },
  ];
}

/** A secret that has no value here can't be compared, and counts as right. */
function differing({ config, secrets }: DesiredConnector, there: LiveConnector): readonly string[] {
  const plain = Object.entries(config).flatMap(([key, value]) => (there.config[key] === value ? [] : [key]));
  const secret = Object.keys(secrets).filter((key) => there.config[key] === undefined || there.secrets?.[key] === 'changed');
  const surplus = Object.keys(there.config).filter((key) => config[key] === undefined && secrets[key] === undefined);
  return [...plain, ...secret, ...surplus];
}

/** A connector that fails or is being moved is neither paused nor resumed by that. */
function state({ connector, state: to }: DesiredConnector, there: LiveConnector | undefined): readonly SetConnectorState[] {
  const from = there?.state;
  if (from === to || (from === undefined && to === 'running')) return [];
  if (to === 'running' && from !== 'paused' && from !== 'stopped') return [];
  return [
    {
      kind: 'set-connector-state',
      id: `set-connector-state ${connector}`,
      class: 'online',
      affects: to === 'running' ? [] : ['it moves no records until it is resumed'],
      undo: from === undefined ? [] : undoConnectorState(connector, from),
      connector,
      to,
      ...(from === undefined ? {} : { from }),
    },
  ];
}

function deletion(connector: string): Step {
  return {
    kind: 'delete-connector',
    id: `delete-connector ${connector}`,
    class: 'online',
    affects: ['it moves no records any more; how far it got stays known by its name'],
    undo: ['declare the connector again, then kafkon apply <environment>'],
    connector,
  };
}

function notesOf({ connector, secrets }: DesiredConnector, there: LiveConnector): readonly Note[] {
  const failed = there.state === 'failed' || there.failedTasks > 0;
  const what = there.state === 'failed' ? 'it' : `${there.failedTasks} of its tasks`;
  const message = `the connector ${connector} is as declared, and ${what} failed; the log of the workers says why`;
  const unknown = Object.keys(secrets).filter((key) => there.secrets?.[key] === 'unknown' && there.config[key] === hidden);
  return [
    ...(failed ? [{ code: 'connector-failed', message }] : []),
    ...unknown.map((key) => ({
      code: 'connector-secret-not-compared',
      message: `${key} of the connector ${connector} was not compared: the secret ${secrets[key]} has no value here`,
    })),
  ];
}
