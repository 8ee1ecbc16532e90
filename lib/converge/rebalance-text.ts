import { partitionKey } from '../kafka';
import type { RebalancePlan } from './rebalance-plan';
import { isBalanced, isCopied } from './rebalance-plan';
import type { RebalanceResult } from './rebalance-run';

/** More partitions than this are counted instead. */
const lineLimit = 20;

/** A plan for a person or a program. Ends in a newline. */
export function renderRebalance(plan: RebalancePlan, form: 'text' | 'json' = 'text'): string {
  if (form === 'json') return `${JSON.stringify(plan, undefined, 2)}\n`;
  const lines = [`${plan.environment} on cluster ${plan.clusterId}: ${summary(plan)}`];
  if (plan.brokers.length > 0) {
    lines.push('');
    for (const { id, rack, replicas, leaders } of plan.brokers)
      lines.push(`  broker ${id}${rack === undefined ? '' : ` (${rack})`}: ${change(replicas, 'replicas')}, ${change(leaders, 'leaders')}`);
  }
  const moves = plan.moves.map(
    ({ topic, partition, from, to }) => `  ~ ${partitionKey(topic, partition)}: ${from.join(',')} → ${to.join(',')}`,
  );
  if (moves.length > 0) lines.push('', ...moves.slice(0, lineLimit));
  if (moves.length > lineLimit) lines.push(`  and ${moves.length - lineLimit} more`);
  const { topics, throttles } = plan.unfinished;
  if (topics.length + throttles.length > 0)
    lines.push('', '  note: a run that broke off is finished: its moves are waited for, and its throttles taken away');
  if (plan.refused.length > 0) lines.push('', ...plan.refused.map((reason) => `  ! refused: ${reason}`));
  return `${lines.join('\n')}\n`;
}

function summary(plan: RebalancePlan): string {
  if (plan.refused.length > 0) return 'refused';
  if (isBalanced(plan)) return plan.empty.length === 0 ? 'balanced, nothing to do' : `${brokers(plan.empty)} empty, nothing to do`;
  const copied = plan.moves.filter(isCopied).length;
  const parts = [
    ...(copied > 0 ? [`${partitions(copied)} to copy (${size(plan.bytes)})`] : []),
    ...(plan.moves.length > copied ? [`${partitions(plan.moves.length - copied)} to lead from elsewhere`] : []),
    ...(plan.strayLeaders.length > 0 ? [`${plan.strayLeaders.length} led by another than the preferred leader`] : []),
  ];
  return parts.length === 0 ? 'a run that broke off is to be finished' : parts.join(', ');
}

function partitions(count: number): string {
  return `${count} ${count === 1 ? 'partition' : 'partitions'}`;
}

function brokers(ids: readonly number[]): string {
  return ids.length === 1 ? `broker ${ids[0]} is` : `brokers ${ids.join(', ')} are`;
}

function change([before, after]: readonly [number, number], what: string): string {
  return before === after ? `${after} ${what}` : `${before} → ${after} ${what}`;
}

/** Bytes as a person reads them. */
function size(bytes: number): string {
  const units = ['B', 'kB', 'MB', 'GB', 'TB'] as const;
  const power = bytes < 1000 ? 0 : Math.min(units.length - 1, Math.floor(Math.log10(bytes) / 3));
  return `${power === 0 ? bytes : (bytes / 1000 ** power).toFixed(1)} ${units[power]}`;
}

/** What a run did. Ends in a newline. */
export function renderRebalanceResult(plan: RebalancePlan, result: RebalanceResult, form: 'text' | 'json' = 'text'): string {
  if (form === 'json') return `${JSON.stringify({ environment: plan.environment, clusterId: plan.clusterId, ...result }, undefined, 2)}\n`;
  const failures = Object.entries(result.failed).map(([key, message]) => `  failed ${key}: ${message}`);
  const did = `${partitions(result.moved)} moved, ${result.elected} preferred leaders elected`;
  const verdicts = {
    'nothing-to-do': 'nothing to do',
    complete: did,
    partial: `${did}, ${failures.length} failed`,
    interrupted: `broken off after ${did}: ${result.interruption}; run again to finish`,
  };
  return `${[...failures, `${plan.environment} on cluster ${plan.clusterId}: ${verdicts[result.status]}`].join('\n')}\n`;
}
