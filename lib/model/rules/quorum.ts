import { controllersOf } from '../environment';
import { withKraft, withZookeeper } from './metadata-mode';
import type { Rule } from './rule';
import { count } from './words';

/** An even quorum survives no more losses than the next smaller odd one. */
function evenMessage(size: number, what: string): string {
  return `${count(size, what)} survive no more losses than ${size - 1}; use ${size - 1} or ${size + 1}`;
}

/** How many servers decide together. */
export const quorumRules: readonly Rule[] = [
  {
    code: 'metadata/even-ensemble',
    severity: 'warning',
    reason: 'An even ensemble costs one server more than the odd one that survives as much.',
    check: withZookeeper(({ nodes }) =>
      nodes.length % 2 === 0 ? [{ path: ['metadata', 'ensemble', 'ids'], message: evenMessage(nodes.length, 'ZooKeeper server') }] : [],
    ),
  },
  {
    code: 'metadata/even-controllers',
    severity: 'error',
    reason: 'An even quorum costs one controller more than the odd one that survives as much; an error for two in production.',
    reads: ['nodePools.*.ids', 'nodePools.*.roles.**'],
    check: withKraft((_, environment) => {
      const size = controllersOf(environment).length;
      if (size === 0 || size % 2 === 1) return [];
      const severity = size === 2 && environment.kind === 'production' ? 'error' : 'warning';
      return [{ path: ['nodePools'], severity, message: evenMessage(size, 'controller') }];
    }),
  },
  {
    code: 'metadata/quorum-too-small',
    severity: 'warning',
    reason: 'One lost machine must not stop a production cluster.',
    reads: ['nodePools.*.ids', 'nodePools.*.roles.**', 'metadata.**'],
    check: (environment) => {
      const { metadata } = environment;
      const zookeeper = metadata.mode === 'zookeeper';
      const size = zookeeper ? metadata.nodes.length : controllersOf(environment).length;
      if (environment.kind !== 'production' || size !== 1) return [];
      const what = zookeeper ? 'ZooKeeper server' : 'controller';
      const path = zookeeper ? ['metadata', 'ensemble', 'ids'] : ['nodePools'];
      return [{ path, message: `1 ${what} in production: its loss stops the cluster; use 3` }];
    },
  },
];
