import { capacityHeadroom, capacityOf } from '../capacity';
import type { Environment } from '../environment';
import type { Finding, Rule } from './rule';

const units = [
  [1e15, 'PB'],
  [1e12, 'TB'],
  [1e9, 'GB'],
  [1e6, 'MB'],
] as const;

/** `181.4 TB`, decimal units as disks are sold. */
function decimal(bytes: number): string {
  const [size, unit] = units.find(([limit]) => bytes >= limit) ?? [1e6, 'MB'];
  return `${Number((bytes / size).toFixed(1))} ${unit}`;
}

/** Two digits below ten, none above. */
function times(ratio: number): string {
  return ratio < 10 ? String(Number(ratio.toFixed(1))) : String(Math.round(ratio));
}

function checkDisks(environment: Environment): Finding[] {
  const { required, stored, available, smallest, topics } = capacityOf(environment);
  if (smallest === undefined || topics.length === 0) return [];
  const headroom = `with ${capacityHeadroom * 100}% headroom`;
  const remedy = 'shorten the retention, correct the load, or add disks';
  if (required > available) {
    const message = `topics keep ${decimal(stored)} (rate × retention × replicas), ${times(stored / available)} times the ${decimal(available)} of the brokers' data disks; ${headroom} ${decimal(required)} are needed; ${remedy}`;
    return [{ path: ['nodePools'], message }];
  }
  if (smallest.required <= smallest.available) return [];
  const pool = environment.pools.findIndex(({ name }) => name === smallest.pool);
  const message = `broker ${smallest.node} has ${decimal(smallest.available)} of data disks, and its even share ${headroom} is ${decimal(smallest.required)}; give its pool larger disks, or ${remedy}`;
  return [{ path: ['nodePools', pool, 'disks'], message }];
}

export const capacityRules: readonly Rule[] = [
  {
    code: 'capacity/disks-too-small',
    severity: 'error',
    reason: "What the topics keep at their declared load, plus a quarter, must fit the brokers' data disks, all together and each.",
    reads: ['nodePools.**', 'kafka.config.**', 'topics.**'],
    check: checkDisks,
  },
  {
    code: 'capacity/unbounded-retention',
    severity: 'warning',
    reason: 'A topic with a known load that never deletes fills any disk.',
    check: (environment) =>
      capacityOf(environment)
        .topics.filter(({ bytes }) => !Number.isFinite(bytes))
        .map(({ topic }) => ({
          path: ['topics', topic, 'config', 'retention.ms'],
          message: `topic "${topic}" has a load and keeps everything for ever; set retention.ms or retention.bytes, or compact it`,
        })),
  },
];
