import { MemoryCluster, memoryAdmin, memoryRecordLog } from '../../lib/kafka';
import { recordLogContract } from '../integration/kafka-admin/record-log-contract';

recordLogContract('records of a cluster in memory', async () => {
  const cluster = new MemoryCluster();
  return { admin: memoryAdmin(cluster), log: memoryRecordLog(cluster), other: memoryRecordLog(cluster) };
});
