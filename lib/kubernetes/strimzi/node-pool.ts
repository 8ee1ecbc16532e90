import type { Construct } from 'constructs';
import { type Environment, formatBytes, type ResolvedPool, strimziVolumes } from '../../model';
import { createStrimzi, type StrimziVolume } from '../custom-resources/strimzi';
import { strimziMetadata } from './names';
import { poolPod, strimziContainer } from './pods';
import { strimziJvm, strimziResources } from './sizes';

/** The variable from which a broker reads its zone; so the operator needs no leave to look at machines. */
export const zoneVariable = 'KAFKON_ZONE';

function volumesOf(environment: Environment, pool: ResolvedPool): readonly StrimziVolume[] {
  const { storageClass } = environment.platform.kubernetes;
  return [...strimziVolumes(pool.disks)]
    .sort((a, b) => a.id - b.id)
    .map(({ id, disk }, index) => ({
      id,
      type: 'persistent-claim',
      size: formatBytes(disk.size),
      ...(storageClass === undefined ? {} : { class: storageClass }),
      deleteClaim: false,
      ...(index === 0 ? { kraftMetadata: 'shared' as const } : {}),
    }));
}

/** The nodes of one pool. Their ids are told to the operator, which would else count them from 0 over all pools. */
export function createNodePool(scope: Construct, environment: Environment, pool: ResolvedPool): void {
  const ids = `[${[...pool.ids].sort((a, b) => a - b).join(',')}]`;
  const env = pool.zone === undefined ? [] : [{ name: zoneVariable, value: pool.zone }];
  createStrimzi(
    scope,
    `Pool-${pool.name}`,
    'KafkaNodePool',
    strimziMetadata(environment, 'kafka', pool.name, { 'strimzi.io/next-node-ids': ids }),
    {
      replicas: pool.ids.length,
      roles: [...pool.roles].sort(),
      storage: { type: 'jbod', volumes: volumesOf(environment, pool) },
      resources: strimziResources(pool.memory, pool.cpu),
      jvmOptions: strimziJvm(pool.heap, environment.kafka.jvmOptions),
      template: {
        pod: poolPod(environment, pool),
        kafkaContainer: { ...strimziContainer, ...(env.length === 0 ? {} : { env }) },
      },
    },
  );
}
