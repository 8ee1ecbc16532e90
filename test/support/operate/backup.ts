import { type ApplyOptions, type ApplyPorts, type ApplyResult, apply, type Desired, type Plan } from '../../../lib/converge';
import type { ConnectCluster, KafkaAdmin, SchemaRegistry } from '../../../lib/kafka';
import {
  type Backup,
  type BackupSummary,
  collectBackup,
  planRestore,
  type RestoreOptions,
  readBackup,
  writeBackup,
} from '../../../lib/operate';

/** Makes a backup and gives its text. */
export async function backupText(
  admin: KafkaAdmin,
  environment: Desired,
  registry?: SchemaRegistry,
  connect?: ConnectCluster,
): Promise<{ readonly text: string; readonly summary: BackupSummary }> {
  const kafka = { version: { distribution: 'apache', release: '4.3.1', line: '4.3' } } as never;
  const { head, parts } = await collectBackup({
    environment: { name: environment.environment, clusterId: environment.clusterId, kafka },
    admin,
    tool: 'kafkon test',
    now: new Date('2026-11-21T12:00:00Z'),
    ...(registry === undefined ? {} : { registry }),
    ...(connect === undefined ? {} : { connect }),
    secrets: Object.fromEntries((environment.connectors ?? []).map(({ connector, secrets }) => [connector, secrets])),
  });
  let text = '';
  const summary = await writeBackup(head, parts, {
    write: async (piece) => {
      text += piece;
    },
  });
  return { text, summary };
}

/** Reads a backup that is known to be whole. */
export function backupFrom(text: string): Backup {
  const { backup, problems } = readBackup(text);
  if (backup === undefined) throw new Error(problems.map(({ message }) => message).join('\n'));
  return backup;
}

/** Consent to everything. */
const allAllowed: ApplyOptions = { allow: ['data-loss', 'irreversible'], ask: async () => true, showWithinMs: 500 };

/** Restores as the command line does. */
export async function restore(
  backup: Backup,
  environment: Desired,
  ports: ApplyPorts,
  { consent = allAllowed, ...options }: RestoreOptions & { readonly consent?: ApplyOptions } = {},
): Promise<{ readonly plan: Plan; readonly result: ApplyResult }> {
  const restoration = await planRestore(backup, environment, ports, options);
  return { plan: restoration.plan, result: await apply(restoration.plan, restoration.ports, consent) };
}
