import type { CompatibilityLevel } from '../kafka';
import { hidden } from './live-connectors';

/** `$SCHEMA_REGISTRY` and `$CONNECT` stand for the addresses by which the reader reaches the two. */
const registry = '$SCHEMA_REGISTRY';
const connect = '$CONNECT';
const json = "-H 'Content-Type: application/json'";

export function undoSchema(subject: string, isNew: boolean): readonly string[] {
  return [`curl -X DELETE ${registry}/subjects/${encodeURIComponent(subject)}${isNew ? '' : '/versions/latest'}`];
}

export function undoCompatibility(subject: string | undefined, before: CompatibilityLevel | undefined): readonly string[] {
  const path = subject === undefined ? '/config' : `/config/${encodeURIComponent(subject)}`;
  if (before === undefined) return [`curl -X DELETE ${registry}${path}`];
  return [`curl -X PUT ${json} -d '{"compatibility":"${before}"}' ${registry}${path}`];
}

/** None where a setting was secret: nobody may read it, so nobody can put it back. */
export function undoConnector(connector: string, before: Readonly<Record<string, string>> | undefined): readonly string[] {
  const path = `${connect}/connectors/${encodeURIComponent(connector)}`;
  if (before === undefined) return [`curl -X DELETE ${path}`];
  if (Object.values(before).includes(hidden)) return [];
  return [`curl -X PUT ${json} -d '${JSON.stringify(before).replaceAll("'", "'\\''")}' ${path}/config`];
}

export function undoConnectorState(connector: string, before: string): readonly string[] {
  const verb = { running: 'resume', paused: 'pause', stopped: 'stop' }[before];
  return verb === undefined ? [] : [`curl -X PUT ${connect}/connectors/${encodeURIComponent(connector)}/${verb}`];
}
