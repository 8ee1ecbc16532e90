import { describeWith } from '../../support/parts';
import {
  brokerPool,
  combinedPool,
  controllerPool,
  environmentOf,
  logDisk,
  plainListeners,
  securedListeners,
} from '../../support/runtime/environment';
import { plainClusters, securedClusters } from './clusters';

const kafka = { version: '4.3.1', config: { 'group.initial.rebalance.delay.ms': 0 } };
const version = '4.3.1';

/** A directory id for each controller: any UUID will do. */
const directoryIds = (ids: readonly number[]) =>
  Object.fromEntries(ids.map((id) => [String(id), `directoryOfNode${String(id).padStart(6, '0')}A`]));

const separate = [controllerPool, { ...brokerPool, ids: [1, 2, 3] }].map((pool) => ({
  ...pool,
  roles: 'roles' in pool ? [...pool.roles] : undefined,
}));
const combined = { ...combinedPool, roles: [...combinedPool.roles] };

describeWith(['maven', 'java', 'openssl', 'kafka-4.3.1'], 'Kafka 4.3 with its own controllers, from rendered files', () => {
  plainClusters([
    {
      title: 'an open cluster of three nodes that are broker and controller',
      version,
      environment: environmentOf({
        kafka,
        metadata: { mode: 'kraft' },
        nodePools: [{ ...combined, disks: [...combined.disks, logDisk] }],
        listeners: [...plainListeners],
      }),
    },
    {
      title: 'an open cluster of three brokers and three controllers in a dynamic quorum',
      version,
      environment: environmentOf({
        kafka,
        metadata: { mode: 'kraft', quorum: 'dynamic', directoryIds: directoryIds(controllerPool.ids) },
        nodePools: separate,
        listeners: [...plainListeners],
      }),
    },
  ]);
  securedClusters([
    {
      title: 'a secured cluster of three nodes that are broker and controller, in a dynamic quorum',
      version,
      environment: environmentOf({
        kafka,
        metadata: { mode: 'kraft', security: 'mtls', quorum: 'dynamic', directoryIds: directoryIds(combinedPool.ids) },
        nodePools: [combined],
        listeners: [...securedListeners],
        authorization: 'acl',
        security: { auditLogging: true },
      }),
    },
    {
      title: 'a secured cluster of three brokers and three controllers',
      version,
      environment: environmentOf({
        kafka,
        metadata: { mode: 'kraft', security: 'mtls' },
        nodePools: separate,
        listeners: [...securedListeners],
        authorization: 'acl',
        security: { auditLogging: true },
      }),
    },
  ]);
});
