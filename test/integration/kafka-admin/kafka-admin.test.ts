import { afterAll } from '@jest/globals';
import type { Environment } from '../../../lib/model';
import type { KafkaVersion } from '../../support/kafka/jars';
import { describeWith } from '../../support/parts';
import type { LocalCluster } from '../../support/runtime/local-cluster';
import { temporaryFolders } from '../../support/temporary-folder';
import { kraft, recordLogSubjectOf, startSecured, subjectOf, zookeeper } from './clusters';
import { adminContract } from './contract';
import { failures } from './failures';
import { groups } from './groups';
import { recordLogContract } from './record-log-contract';

describeWith(['maven', 'java', 'openssl', 'kafka-3.9.2', 'kafka-4.3.1'], 'the client of a real cluster', () => {
  let running: LocalCluster | undefined;
  const start = async (environment: Environment, version: KafkaVersion): Promise<LocalCluster> => {
    await running?.stop();
    running = await startSecured(environment, version, temporaryFolder(environment.metadata.mode));
    return running;
  };
  afterAll(async () => {
    await running?.stop();
  });
  // Removed after what writes there has stopped.
  const temporaryFolder = temporaryFolders();

  for (const { kafka, version, environment } of [
    { kafka: 'Kafka 4.3 with KRaft', version: '4.3.1', environment: kraft },
    { kafka: 'Kafka 3.9 with ZooKeeper', version: '3.9.2', environment: zookeeper },
  ] as const) {
    adminContract(`${kafka}, SCRAM, TLS and ACLs`, async () => subjectOf(await start(environment, version)));
    recordLogContract(`records of ${kafka}`, async () => recordLogSubjectOf(running as LocalCluster));
    groups(`groups of ${kafka}`, () => running as LocalCluster, version === '4.3.1');
    failures(`a client that cannot have what it wants of ${kafka}`, () => running as LocalCluster);
  }
});
