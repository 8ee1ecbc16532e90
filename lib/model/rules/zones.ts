import { brokersOf, type Environment } from '../environment';
import { minInsyncReplicas } from '../topic-settings';
import type { Finding, Rule } from './rule';
import { count, joinedList } from './words';

/** How many brokers each zone has; brokers without a zone are left out. */
function brokersByZone(environment: Environment): Map<string, number> {
  const zones = new Map<string, number>();
  for (const { zone } of brokersOf(environment)) if (zone !== undefined) zones.set(zone, (zones.get(zone) ?? 0) + 1);
  return zones;
}

/** Kafka puts the replicas of a partition into as many zones as it can. */
function checkZoneLoss(environment: Environment): Finding[] {
  const zones = brokersByZone(environment).size;
  if (zones < 2) return [];
  return environment.topics.flatMap((topic) => {
    const { replicationFactor } = topic;
    const minIsr = minInsyncReplicas(environment, topic);
    const left = replicationFactor - Math.ceil(replicationFactor / zones);
    // What stops at the loss of a single broker is told by other rules.
    if (left >= minIsr || minIsr >= replicationFactor || replicationFactor > brokersOf(environment).length) return [];
    const message = `${count(replicationFactor, 'replica')} in ${count(zones, 'zone')}: the loss of one zone can leave ${left} in sync, below min.insync.replicas ${minIsr}; use ${minIsr + 1} zones or lower min.insync.replicas`;
    return [{ path: ['topics', topic.name, 'replicationFactor'], message }];
  });
}

const reads = ['nodePools.*.ids', 'nodePools.*.zone', 'nodePools.*.roles.**'];

/** With ZooKeeper Kafka fails to place replicas by itself then, those of its topics for offsets and transactions among them. */
function checkSomeWithout(environment: Environment): Finding[] {
  if (brokersByZone(environment).size === 0) return [];
  const so =
    environment.metadata.mode === 'zookeeper' ? ', and with ZooKeeper Kafka then makes none of its own topics and adds no partitions' : '';
  return environment.pools.flatMap(({ name, roles, zone }, index) =>
    roles.includes('broker') && zone === undefined
      ? [
          {
            path: ['nodePools', index],
            message: `brokers of the pool "${name}" have no zone, others have${so}; give every pool of brokers a zone`,
          },
        ]
      : [],
  );
}

export const zoneRules: readonly Rule[] = [
  {
    code: 'zones/some-without',
    severity: 'warning',
    reason: 'Kafka spreads replicas over zones only when it knows the zone of every broker.',
    reads: [...reads, 'metadata.mode'],
    check: checkSomeWithout,
  },
  {
    code: 'zones/only-one',
    severity: 'warning',
    reason: 'Replicas in one zone are lost together.',
    reads,
    check: (environment) => {
      const [zone, ...others] = brokersByZone(environment).keys();
      return environment.kind === 'production' && zone !== undefined && others.length === 0
        ? [
            {
              path: ['nodePools'],
              message: `all brokers are in the zone "${zone}", so that its loss takes every replica; spread them over at least 2 zones`,
            },
          ]
        : [];
    },
  },
  {
    code: 'zones/uneven',
    severity: 'warning',
    reason: 'With uneven zones the brokers of the smallest one carry more replicas than the others.',
    reads,
    check: (environment) => {
      const zones = [...brokersByZone(environment)].sort(([a], [b]) => (a < b ? -1 : 1));
      const sizes = zones.map(([, size]) => size);
      return new Set(sizes).size < 2
        ? []
        : [
            {
              path: ['nodePools'],
              message: `zones have ${joinedList(zones.map(([zone, size]) => `${size} (${zone})`))} brokers; use the same number in each`,
            },
          ];
    },
  },
  {
    code: 'zones/loss-stops-writes',
    severity: 'warning',
    reason: 'Zones are there so that one can be lost; writes with acks=all stop when too few replicas are left.',
    reads,
    check: checkZoneLoss,
  },
];
