import { clientFor } from '../../lib/kafka';
import { desiredOf, type Edit, operations, type Workload } from './workload';

/** Of every hundred the one that nothing else changes. */
const disturbed = (_: unknown, index: number) => index % 100 === 50;

/** Has somebody else change one in a hundred of what a cluster holds: a setting of each topic, and all five ACLs of each resource go. */
export async function disturb(address: string, workload: Workload, edit: Edit): Promise<void> {
  const { topics, rights } = desiredOf(workload, edit);
  const admin = clientFor({ bootstrapServers: [address], requestTimeoutMs: 120_000 });
  try {
    const changed = topics.filter(disturbed).map(({ name }) => [name, { 'retention.ms': '1234567' }] as const);
    if (changed.length > 0) await admin.alterTopicConfigs(new Map(changed));
    const lost = rights.filter(disturbed).flatMap(({ principal, resource }) =>
      operations.map(
        (operation) =>
          ({
            principal: `User:${principal}`,
            host: '*',
            operation,
            permission: 'ALLOW',
            resourceType: 'TOPIC',
            resourceName: resource,
            patternType: 'LITERAL',
          }) as const,
      ),
    );
    if (lost.length > 0) await admin.deleteAcls(lost);
  } finally {
    await admin.close();
  }
}
