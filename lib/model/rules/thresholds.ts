import type { Environment } from '../environment';
import type { Finding, Rule } from './rule';

function checkLag({ monitoring, topics }: Environment): Finding[] {
  const { consumerLagWarning, consumerLagCritical } = monitoring.thresholds;
  const places = [
    { path: ['monitoring', 'thresholds', 'consumerLagWarning'], warning: consumerLagWarning, critical: consumerLagCritical },
    ...topics.flatMap(({ name, thresholds }) =>
      thresholds === undefined
        ? []
        : [
            {
              path: ['topics', name, 'thresholds'],
              warning: thresholds.consumerLagWarning ?? consumerLagWarning,
              critical: thresholds.consumerLagCritical ?? consumerLagCritical,
            },
          ],
    ),
  ];
  return places
    .filter(({ warning, critical }) => warning >= critical)
    .map(({ path, warning, critical }) => ({
      path,
      message: `consumerLagWarning ${warning} is not below consumerLagCritical ${critical}; lower it or raise the other`,
    }));
}

export const thresholdRules: readonly Rule[] = [
  {
    code: 'monitoring/thresholds-reversed',
    severity: 'error',
    reason: 'A warning that comes after the alarm warns nobody.',
    reads: ['monitoring.**'],
    check: checkLag,
  },
];
