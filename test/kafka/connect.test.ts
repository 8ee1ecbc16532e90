import { memoryConnect } from '../../lib/kafka';
import { connectContract } from '../integration/kafka-services/connect-contract';

connectContract('Kafka Connect in memory', async () => ({
  connect: memoryConnect(),
  config: { 'connector.class': 'FileStreamSource', 'tasks.max': '1', file: '/dev/null', topic: 'orders' },
}));
