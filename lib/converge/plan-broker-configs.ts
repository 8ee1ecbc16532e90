import type { Desired } from './desired';
import type { Findings, Note } from './findings';
import type { Live } from './live';
import { sameValue } from './same-value';
import type { Step } from './step';

/** Dynamic settings of brokers that are missing. Nobody's record says who made those that are there: one that differs is refused. */
export function planBrokerConfigs(desired: Desired, live: Live): Findings {
  const steps: Step[] = [];
  const notes: Note[] = [];
  const ids = new Set(live.brokers.map(({ id }) => id));
  for (const { broker, config } of desired.brokerConfigs ?? []) {
    const subject = broker === 'all' ? 'all brokers' : `broker ${broker}`;
    if (broker !== 'all' && !ids.has(broker)) {
      notes.push({ code: 'broker-absent', message: `there is no broker ${broker}, and its own settings are left out` });
      continue;
    }
    const there = live.brokerConfigs?.get(broker) ?? new Map<string, string>();
    const missing = Object.entries(config).filter(([key]) => !there.has(key));
    const differing = Object.entries(config).filter(([key, value]) => !sameValue(key, there.get(key) ?? value, value));
    if (missing.length > 0) {
      steps.push({
        kind: 'set-broker-config',
        id: `set-broker-config ${broker}`,
        class: 'online',
        affects: [],
        undo: [],
        broker,
        set: Object.fromEntries(missing),
      });
    }
    if (differing.length > 0) {
      const words = differing.map(([key, value]) => `${key} is ${there.get(key)} and was ${value}`).join(', ');
      const remedy = 'change it with kafka-configs.sh, or let it be';
      steps.push({ kind: 'refuse', id: `refuse ${subject}`, class: 'no-op', affects: [], undo: [], subject, reason: words, remedy });
    }
  }
  return { steps, notes };
}
