import type { Environment } from '../environment';
import type { Path } from '../problem';
import { formatBytes } from '../quantity';
import type { Resources } from '../resources';
import type { Finding, Rule } from './rule';

const GiB = 2 ** 30;
const MiB = 2 ** 20;

/** Kafka reads and writes through the page cache, which gets what the heap leaves. */
const brokerShare = 0.5;
/** Room for threads, code and buffers beside the heap. */
const metadataShare = 0.8;

function tooMuch(path: Path, owner: string, { heap, memory }: Pick<Resources, 'heap' | 'memory'>, share: number): Finding[] {
  const limit = Math.floor((memory * share) / MiB) * MiB;
  if (heap <= memory * share) return [];
  const message = `heap ${formatBytes(heap)} of ${owner} is above ${share * 100}% of its memory ${formatBytes(memory)}; lower it to at most ${formatBytes(limit)} or raise the memory`;
  return [{ path, message }];
}

const zookeeperOf = ({ metadata }: Environment): Pick<Resources, 'heap' | 'memory'> | undefined =>
  metadata.mode === 'zookeeper' ? metadata.nodes[0] : undefined;

const zookeeperHeap = ['metadata', 'ensemble', 'heap'];

export const memoryRules: readonly Rule[] = [
  {
    code: 'memory/heap-share',
    severity: 'error',
    reason: 'A broker needs at least half of its memory for the page cache; a node that is only a controller a fifth.',
    reads: ['nodePools.*.memory', 'nodePools.*.heap'],
    check: ({ pools }) =>
      pools.flatMap((pool, index) =>
        tooMuch(['nodePools', index, 'heap'], `the pool "${pool.name}"`, pool, pool.roles.includes('broker') ? brokerShare : metadataShare),
      ),
  },
  {
    code: 'memory/zookeeper-heap-share',
    severity: 'error',
    reason: 'ZooKeeper must never be swapped or killed for memory: a fifth stays beside the heap.',
    reads: ['metadata.ensemble.memory', 'metadata.ensemble.heap'],
    check: (environment) => {
      const zookeeper = zookeeperOf(environment);
      return zookeeper === undefined ? [] : tooMuch(zookeeperHeap, 'ZooKeeper', zookeeper, metadataShare);
    },
  },
  {
    code: 'memory/heap-too-large',
    severity: 'error',
    reason: 'From 32 GiB on the JVM stores object references in 8 bytes instead of 4: more heap holds less.',
    check: (environment) => {
      const zookeeper = zookeeperOf(environment);
      const heaps = environment.pools.map(({ heap, name }, index) => ({
        path: ['nodePools', index, 'heap'] as Path,
        heap,
        owner: `the pool "${name}"`,
      }));
      const all = zookeeper === undefined ? heaps : [...heaps, { path: zookeeperHeap, heap: zookeeper.heap, owner: 'ZooKeeper' }];
      return all
        .filter(({ heap }) => heap >= 32 * GiB)
        .map(({ path, heap, owner }) => ({
          path,
          message: `heap ${formatBytes(heap)} of ${owner} is not below 32Gi, where the JVM loses compressed references; lower it to at most 31Gi`,
        }));
    },
  },
];
