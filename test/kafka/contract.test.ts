import { MemoryCluster, type MemoryClusterOptions, memoryAdmin } from '../../lib/kafka';
import { adminContract, type Subject } from '../integration/kafka-admin/contract';

async function subjectOf(options: MemoryClusterOptions): Promise<Subject> {
  const cluster = new MemoryCluster({ brokers: [{ id: 1 }, { id: 2 }], ...options });
  return {
    admin: memoryAdmin(cluster),
    login: (user, password, mechanism) => memoryAdmin(cluster, { user, password, mechanism }),
    brokers: [1, 2],
    metadata: options.metadata ?? 'kraft',
    pollMs: 1,
  };
}

adminContract('a cluster in memory, with KRaft', () => subjectOf({}));
adminContract('a cluster in memory, with ZooKeeper', () => subjectOf({ metadata: 'zookeeper' }));
adminContract('a cluster in memory that answers late', () => subjectOf({ staleRequests: 2 }));
