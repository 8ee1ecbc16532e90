import type { Desired, DesiredConnector, Note } from '../converge';
import type { Backup, BackupConnector } from './backup-format';

/** What of the connectors of a backup is wanted, and what is left out. */
export interface WantedConnectors {
  /** Absent where nothing is to be said of them. */
  readonly connectors?: readonly DesiredConnector[];
  readonly notes: readonly Note[];
}

/**
 * The connectors of a backup as a desired state. Their secrets come from where the environment, or the backup, says; without that one
 * can't be made, and one that is there is left as it is. `there` are those that are, or undefined where nobody can be asked.
 */
export function wantedConnectors(
  { connectors: saved }: Pick<Backup, 'connectors'>,
  environment: Pick<Desired, 'connectors'>,
  there: ReadonlySet<string> | undefined,
): WantedConnectors {
  if (saved === null || saved.length === 0) return { notes: [] };
  if (there === undefined) {
    const count = saved.length === 1 ? '1 connector, which is' : `${saved.length} connectors, which are`;
    return { notes: [{ code: 'connectors-left-out', message: `the backup has ${count} left out; give --connect` }] };
  }
  const declared = new Map((environment.connectors ?? []).map(({ connector, secrets }) => [connector, secrets]));
  const wanted: DesiredConnector[] = [];
  const notes: Note[] = [];
  for (const connector of saved) {
    const { name, config, state } = connector;
    const { secrets, lost } = secretsOf(connector, declared.get(name) ?? {});
    if (lost.length === 0) wanted.push({ connector: name, config, secrets, state });
    else if (!there.has(name)) {
      const message = `the connector ${name} is not there, and no backup has its ${lost.join(', ')}; declare it with secrets, or make it by hand`;
      notes.push({ code: 'connector-without-secret', message });
    }
  }
  return { connectors: wanted, notes };
}

function secretsOf(
  { secrets }: BackupConnector,
  declared: Readonly<Record<string, string>>,
): { readonly secrets: Readonly<Record<string, string>>; readonly lost: readonly string[] } {
  const known: [string, string][] = [];
  const lost: string[] = [];
  for (const [key, saved] of Object.entries(secrets)) {
    const secret = declared[key] ?? saved;
    if (secret === null) lost.push(key);
    else known.push([key, secret]);
  }
  return { secrets: Object.fromEntries(known), lost };
}
