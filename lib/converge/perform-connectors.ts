import { ClusterFailure, type ConnectCluster, type Connector, type Outcome } from '../kafka';
import { hidden } from './live-connectors';
import { done, failed, ofItems, type StepOutcome, skipped } from './outcome';
import type { SecretSource } from './secrets';
import { eachOf, persistently, reasonOf, shows } from './service-call';
import type { DeleteConnector, PutConnector, SetConnectorState } from './step';

/** What is done at the workers of Kafka Connect. */
export type ConnectorStep = PutConnector | SetConnectorState | DeleteConnector;

/** What is needed to do it. */
export interface ConnectorBench {
  readonly connect: ConnectCluster | undefined;
  readonly secrets: SecretSource;
  /** How long a write may take to show, in milliseconds. */
  readonly withinMs: number;
}

/** Does steps of one kind, a few at a time; each is looked at afterwards. Once the workers are silent the rest is skipped. */
export async function performConnectors(
  steps: readonly ConnectorStep[],
  { connect, secrets, withinMs }: ConnectorBench,
): Promise<readonly StepOutcome[]> {
  if (connect === undefined) return steps.map((step) => skipped(step, 'depends', 'no worker of Kafka Connect is named: give --connect'));
  let silence: string | undefined;
  return eachOf(steps, async (step) => {
    if (silence !== undefined) return skipped(step, 'depends', `Kafka Connect did not answer before: ${silence}`);
    try {
      return await performOne(step, connect, secrets, withinMs);
    } catch (error) {
      if (!(error instanceof ClusterFailure)) throw error;
      if (error.reason !== 'unsupported') silence = error.message;
      return failed(step, reasonOf(error), error.message);
    }
  });
}

async function performOne(step: ConnectorStep, connect: ConnectCluster, secrets: SecretSource, withinMs: number): Promise<StepOutcome> {
  const { connector } = step;
  switch (step.kind) {
    case 'put-connector':
      return put(step, connect, secrets, withinMs);
    case 'set-connector-state': {
      const outcome = await persistently(() => becoming(step, connect));
      return verified(step, outcome, async () => (await there(connect, connector))?.state === step.to, withinMs);
    }
    case 'delete-connector': {
      const outcome = await persistently(() => connect.remove(connector));
      const gone = outcome.done || outcome.reason !== 'not-found' ? outcome : ({ done: true } as const);
      return verified(step, gone, async () => (await there(connect, connector)) === undefined, withinMs);
    }
  }
}

function becoming({ connector, to }: SetConnectorState, connect: ConnectCluster): Promise<Outcome> {
  if (to === 'running') return connect.resume(connector);
  return to === 'paused' ? connect.pause(connector) : connect.stop(connector);
}

async function put(step: PutConnector, connect: ConnectCluster, source: SecretSource, withinMs: number): Promise<StepOutcome> {
  const values: [string, string][] = [];
  for (const [key, secret] of Object.entries(step.secrets)) {
    const value = await source.read(secret);
    if (value === undefined) return failed(step, 'no-secret', `the secret ${secret} has no value here`);
    values.push([key, value]);
  }
  const config = { ...step.config, ...Object.fromEntries(values) };
  const begins = step.begins === undefined ? {} : { begins: step.begins };
  const outcome = await persistently(() => connect.put(step.connector, config, begins));
  const told: Outcome = outcome.done ? outcome : { ...outcome, message: without(outcome.message, values) };
  let last: Connector | undefined;
  const look = async () => {
    last = await there(connect, step.connector);
    return last !== undefined && sameConfig(last.config, config) && !['unassigned', 'restarting', 'unknown'].includes(last.state);
  };
  const seen = await verified(step, told, look, withinMs);
  return seen.status === 'done' && last?.state === 'failed'
    ? failed(step, 'not-shown', 'it is there as declared and could not be started; the log of the workers says why')
    : seen;
}

/** Workers may repeat what they were sent. */
function without(message: string, values: readonly (readonly [string, string])[]): string {
  return values.reduce((text, [, value]) => (value === '' ? text : text.replaceAll(value, hidden)), message);
}

function sameConfig(one: Connector['config'], other: Connector['config']): boolean {
  return Object.keys(one).length === Object.keys(other).length && Object.entries(one).every(([key, value]) => other[key] === value);
}

async function there(connect: ConnectCluster, name: string): Promise<Connector | undefined> {
  return (await persistently(() => connect.connectors())).get(name);
}

async function verified(step: ConnectorStep, outcome: Outcome, look: () => Promise<boolean>, withinMs: number): Promise<StepOutcome> {
  if (!outcome.done) return ofItems(step, [outcome]);
  if (await shows(look, withinMs)) return done(step);
  return failed(step, 'not-shown', 'the workers accepted it, and do not show it; look again with kafkon plan');
}
