import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { clientFor } from '../../lib/kafka';
import { combinedNode } from '../../test/support/kafka/combined-node';
import { KAFKA_STARTED, startKafka } from '../../test/support/kafka/kafka-process';
import { freePorts } from '../../test/support/kafka/ports';
import { waitFor } from '../../test/support/kafka/wait-for';

/** One KRaft node with an authorizer, of which everybody is a super user. */
export interface Broker {
  readonly address: string;
  /** Takes everything away that a run has made, and waits until it is gone from the disk. */
  empty(): Promise<void>;
  stop(): Promise<void>;
}

export async function startBroker(): Promise<Broker> {
  const folder = mkdtempSync(join(tmpdir(), 'kafkon-bench-converge-'));
  const [port = 0, controller = 0] = await freePorts(2);
  const address = `127.0.0.1:${port}`;
  const file = await combinedNode(
    folder,
    { broker: port, controller },
    {
      'authorizer.class.name': 'org.apache.kafka.metadata.authorizer.StandardAuthorizer',
      'super.users': 'User:ANONYMOUS',
      'transaction.state.log.replication.factor': 1,
      'transaction.state.log.min.isr': 1,
      'transaction.state.log.num.partitions': 1,
      'log.segment.delete.delay.ms': 1000,
    },
  );
  const server = await startKafka({ version: '4.3.1', folder, file, jvmArgs: ['-Xmx512m', '-XX:TieredStopAtLevel=4'] });
  await server.waitForOutput(KAFKA_STARTED, { deadlineMs: 180_000 });
  return {
    address,
    empty: () => empty(address),
    stop: async () => {
      await server.stop();
      rmSync(folder, { recursive: true, force: true });
    },
  };
}

async function empty(address: string): Promise<void> {
  const admin = clientFor({ bootstrapServers: [address], requestTimeoutMs: 120_000 });
  try {
    const acls = await admin.acls();
    const topics = (await admin.topics()).filter(({ internal }) => !internal).map(({ name }) => name);
    if (acls.length > 0) await admin.deleteAcls(acls);
    if (topics.length > 0) await admin.deleteTopics(topics);
    const isEmpty = async () => {
      const [left, rights, sizes] = await Promise.all([admin.topics(), admin.acls(), admin.logSizes([1])]);
      const onDisk = [...(sizes.get(1) ?? new Map()).keys()].filter((key) => !key.startsWith('__'));
      return left.every(({ internal }) => internal) && rights.length === 0 && onDisk.length === 0;
    };
    await waitFor('the broker is empty', isEmpty, { deadlineMs: 180_000, everyMs: 200 });
    // What the broker still deletes behind the scenes would slow whoever comes next.
    await new Promise((resolve) => setTimeout(resolve, topics.length > 0 ? 2_500 : 500));
  } finally {
    await admin.close();
  }
}
