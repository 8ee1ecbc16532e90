import type { AlertTable } from './alert';
import { CLUSTER_ALERTS } from './alerts/cluster';
import { KRAFT_ALERTS } from './alerts/kraft';
import { SURROUNDING_ALERTS } from './alerts/surroundings';
import { ZOOKEEPER_ALERTS } from './alerts/zookeeper';

/** Every alert there is; which of them a cluster gets, its options decide. */
export const ALERTS = {
  ...CLUSTER_ALERTS,
  ...KRAFT_ALERTS,
  ...ZOOKEEPER_ALERTS,
  ...SURROUNDING_ALERTS,
} as const satisfies AlertTable;

/** The name of an alert. */
export type AlertName = keyof typeof ALERTS;

/** The names of all alerts, in the table's order. */
export const ALERT_NAMES = Object.keys(ALERTS) as readonly AlertName[];
