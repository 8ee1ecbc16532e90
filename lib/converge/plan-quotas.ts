import type { QuotaEntry, QuotaLimit } from '../kafka';
import { quotaKey } from '../kafka';
import type { Desired } from './desired';
import type { Findings } from './findings';
import type { Live } from './live';
import type { SetQuota, Step } from './step';
import { undoQuota } from './undo';

type Limits = Readonly<Partial<Record<QuotaLimit, number>>>;

/** Limits to set and to remove. A limit that somebody else set is left alone, or refused where it contradicts. */
export function planQuotas(desired: Desired, live: Live): Findings {
  const there = new Map(live.quotas.map((entry) => [quotaKey(entry), entry]));
  const wanted = new Map(desired.quotas.map((entry) => [quotaKey(entry), entry]));
  const owned = live.ownership.quotas;
  const subjects = [...new Set([...wanted.keys(), ...owned.keys()])].sort();
  const steps: Step[] = [];
  const outdated: Record<string, readonly QuotaLimit[] | null> = {};
  for (const subject of subjects) {
    const entry = wanted.get(subject) ?? { ...there.get(subject), limits: {} };
    const recorded = owned.get(subject);
    const step = stepOf(subject, entry, there.get(subject)?.limits ?? {}, recorded ?? []);
    if (step !== undefined) steps.push(step);
    else if (recorded !== undefined) {
      const kept = recorded.filter((limit) => entry.limits[limit] !== undefined);
      if (kept.length === 0) outdated[subject] = null;
      else if (kept.length < recorded.length) outdated[subject] = kept;
    }
  }
  return { steps, notes: [], outdated: { quotas: outdated } };
}

function stepOf(subject: string, { limits, ...who }: QuotaEntry, there: Limits, owned: readonly QuotaLimit[]): Step | undefined {
  const wanted = Object.entries(limits) as [QuotaLimit, number][];
  const differing = wanted.filter(([limit, value]) => there[limit] !== value);
  const contested = differing.filter(([limit]) => there[limit] !== undefined && !owned.includes(limit));
  if (contested.length > 0) {
    const words = contested.map(([limit, value]) => `${limit} is ${there[limit]} and shall be ${value}`).join(', ');
    const [id, reason] = [`quota ${subject}`, `it exists and is not owned: ${words}`];
    const remedy = `kafkon quotas <environment> adopt ${subject}`;
    return { kind: 'refuse', id: `refuse ${id}`, class: 'no-op', affects: [], undo: [], subject: id, reason, remedy };
  }
  const surplus = owned.filter((limit) => limits[limit] === undefined && there[limit] !== undefined);
  if (differing.length + surplus.length === 0) return undefined;
  const changes: [QuotaLimit, number | null][] = [...differing, ...surplus.map((limit): [QuotaLimit, null] => [limit, null])];
  const before = changes.flatMap(([limit]): [QuotaLimit, number][] => {
    const value = there[limit];
    return value === undefined ? [] : [[limit, value]];
  });
  const ours = wanted
    .map(([limit]) => limit)
    .filter((limit) => owned.includes(limit) || there[limit] === undefined)
    .sort();
  const step: SetQuota = {
    kind: 'set-quota',
    id: `set-quota ${subject}`,
    class: 'online',
    affects: differing.some(([limit, value]) => (there[limit] ?? Infinity) > value) ? [`${subject} is slowed down above the limit`] : [],
    undo: undoQuota(who, changes, there),
    quota: { ...who, limits: Object.fromEntries(changes) },
    from: Object.fromEntries(before),
    owned: ours,
  };
  return step;
}
