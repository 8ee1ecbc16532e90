import { brokersOf, controllersOf, type Environment } from '../environment';
import type { Path } from '../problem';
import type { Finding, Rule } from './rule';
import { count, repeated } from './words';

function checkDuplicateIds({ pools }: Environment): Finding[] {
  const places = pools.flatMap((pool, index) => pool.ids.map((id, position) => ({ id, pool: pool.name, index, position })));
  return repeated(places, ({ id }) => id).map(({ item }) => {
    const first = places.find(({ id }) => id === item.id);
    const where = first?.index === item.index ? `twice in the pool "${item.pool}"` : `in the pools "${first?.pool}" and "${item.pool}"`;
    return {
      path: ['nodePools', item.index, 'ids', item.position],
      message: `node id ${item.id} stands ${where}; give every node an id of its own`,
    };
  });
}

/** The pods of a StatefulSet count on from its first ordinal. */
function checkContiguous({ pools }: Environment): Finding[] {
  return pools.flatMap((pool, index) => {
    const ids = [...new Set(pool.ids)].sort((a, b) => a - b);
    const gap = ids.findIndex((id, position) => position > 0 && id !== (ids[position - 1] ?? 0) + 1);
    if (gap === -1) return [];
    const message = `ids of the pool "${pool.name}" have a gap after ${ids[gap - 1]}, and the pods of a StatefulSet count on without one; split the pool before ${ids[gap]}`;
    return [{ path: ['nodePools', index, 'ids'], message }];
  });
}

function checkDisks(environment: Environment): { path: Path; disks: Environment['pools'][number]['disks']; owner: string }[] {
  const { metadata, pools } = environment;
  const ofPools = pools.map((pool, index) => ({
    path: ['nodePools', index, 'disks'],
    disks: pool.disks,
    owner: `the pool "${pool.name}"`,
  }));
  return metadata.mode === 'zookeeper'
    ? [...ofPools, { path: ['metadata', 'ensemble', 'disks'], disks: metadata.ensemble.disks, owner: 'the ZooKeeper ensemble' }]
    : ofPools;
}

export const nodeRules: readonly Rule[] = [
  {
    code: 'nodes/no-broker',
    severity: 'error',
    reason: 'Somebody must hold the data.',
    reads: ['nodePools.*.roles.**'],
    check: (environment) =>
      brokersOf(environment).length === 0
        ? [{ path: ['nodePools'], message: 'no pool has the role broker; add it to one, or add a pool of brokers' }]
        : [],
  },
  {
    code: 'nodes/no-controller',
    severity: 'error',
    reason: 'A KRaft cluster is led by its controllers.',
    reads: ['metadata.**', 'nodePools.*.roles.**'],
    check: (environment) =>
      environment.metadata.mode === 'kraft' && controllersOf(environment).length === 0
        ? [
            {
              path: ['nodePools'],
              message: 'no pool has the role controller, and kraft needs one; add it to a pool, or add a pool of three',
            },
          ]
        : [],
  },
  {
    code: 'nodes/controller-with-zookeeper',
    severity: 'error',
    reason: 'With ZooKeeper there are no controller nodes.',
    reads: ['metadata.**'],
    check: ({ metadata, pools }) =>
      metadata.mode === 'kraft'
        ? []
        : pools.flatMap(({ name, roles }, index) =>
            roles.includes('controller')
              ? [
                  {
                    path: ['nodePools', index, 'roles', roles.indexOf('controller')],
                    message: `pool "${name}" has the role controller, which ZooKeeper mode does not know; remove the role or write metadata.mode: kraft`,
                  },
                ]
              : [],
          ),
  },
  {
    code: 'nodes/too-few-brokers',
    severity: 'warning',
    reason: 'With fewer than three brokers a production topic has no majority of replicas left after one loss.',
    reads: ['nodePools.*.ids', 'nodePools.*.roles.**'],
    check: (environment) => {
      const brokers = brokersOf(environment).length;
      return environment.kind === 'production' && brokers > 0 && brokers < 3
        ? [{ path: ['nodePools'], message: `${count(brokers, 'broker')} in production; use at least 3` }]
        : [];
    },
  },
  { code: 'nodes/duplicate-id', severity: 'error', reason: 'Data is bound to the id of its node.', check: checkDuplicateIds },
  {
    code: 'nodes/ids-not-contiguous',
    severity: 'error',
    platform: 'kubernetes',
    reason: "A pool is one StatefulSet, whose pods' ordinals are the ids.",
    check: checkContiguous,
  },
  {
    code: 'nodes/duplicate-pool',
    severity: 'error',
    reason: 'Objects are named after their pool.',
    check: ({ pools }) =>
      repeated(pools, ({ name }) => name).map(({ item, index }) => ({
        path: ['nodePools', index, 'name'],
        message: `pool name "${item.name}" is taken by an earlier pool; choose another`,
      })),
  },
  {
    code: 'nodes/duplicate-disk',
    severity: 'error',
    reason: 'Volumes are named after their disk.',
    check: (environment) =>
      checkDisks(environment).flatMap(({ path, disks, owner }) =>
        repeated(disks, ({ name }) => name).map(({ item, index }) => ({
          path: [...path, index, 'name'],
          message: `disk name "${item.name}" is taken by an earlier disk of ${owner}; choose another`,
        })),
      ),
  },
  {
    code: 'nodes/no-data-disk',
    severity: 'error',
    reason: 'Data needs a disk that outlives the container.',
    check: (environment) =>
      checkDisks(environment)
        .filter(({ disks }) => !disks.some(({ purpose }) => purpose === 'data'))
        .map(({ path, owner }) => ({ path, message: `${owner} has no disk with the purpose data; add one` })),
  },
];
