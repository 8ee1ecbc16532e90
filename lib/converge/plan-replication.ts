import { copiedText } from './affected';
import { reassigned } from './assignment';
import type { Desired, DesiredTopic } from './desired';
import type { Live, LiveTopic } from './live';
import { spreadOverRacks } from './rack-spread';
import type { ChangeReplication, Refuse, Step } from './step';
import { tooFewBrokers } from './topic-refusal';
import { undoPlacement } from './undo';

/** A topic as it is wanted and as it is. */
export interface ReplicationComparison {
  readonly topic: DesiredTopic;
  readonly there: LiveTopic;
  readonly desired: Desired;
  readonly live: Live;
}

/**
 * One step for all that moves replicas of a topic: the wanted number of copies, copies in as many racks as can be, and a move of ours that
 * is under way. Where replicas are being moved, the places they shall have count, so that no move is planned twice.
 */
export function planReplication({ topic, there, desired, live }: ReplicationComparison): readonly (ChangeReplication | Refuse)[] {
  const { name, replicationFactor: to } = topic;
  const from = there.replicas.find((replicas) => replicas.length !== to)?.length ?? to;
  if (from !== to && to > live.brokers.length) return [tooFewBrokers(topic, live)];
  const counted = from === to ? there.replicas : reassigned(name, there.replicas, to, live.brokers);
  const next = desired.spreadOverRacks ? spreadOverRacks(name, counted, live.brokers) : counted;
  const moved = next.flatMap((replicas, id) => {
    const before = there.replicas[id] ?? [];
    return replicas.join() === before.join() ? [] : [{ id, before, replicas }];
  });
  if (moved.length === 0 && !there.moving && !live.ownership.moving.has(name)) return [];
  const spreads = next.filter((replicas, id) => replicas !== counted[id]).length;
  const copied = moved.flatMap(({ id, before, replicas }) => replicas.filter((broker) => !before.includes(broker)).map(() => id));
  return [
    {
      kind: 'change-replication',
      id: `change-replication ${name}`,
      class: 'online',
      affects: [...copiedText(name, copied, live.impact), ...(to < from ? ['fewer brokers may fail before records are lost'] : [])],
      undo: undo({ topic: name, from, to, spreads, moved }),
      topic: name,
      from,
      to,
      moves: Object.fromEntries(moved.map(({ id, replicas }) => [String(id), replicas])),
      copies: copied.length,
      spreads,
    },
  ];
}

/** Whether a step does no more than spread copies over racks. */
export function isMereSpread(step: Step): boolean {
  return step.kind === 'change-replication' && step.from === step.to && (step.spreads ?? 0) > 0;
}

interface Undoing {
  readonly topic: string;
  readonly from: number;
  readonly to: number;
  readonly spreads: number;
  readonly moved: readonly { readonly id: number; readonly before: readonly number[] }[];
}

/** Fewer copies again, or more, are a matter of the declaration; places are not, so that the former ones are named. */
function undo({ topic, from, to, spreads, moved }: Undoing): readonly string[] {
  if (spreads === 0) return from === to ? [] : [`declare replicationFactor: ${from}, then kafkon apply <environment>`];
  const declared = `${from === to ? '' : `replicationFactor: ${from} and `}convergence.spreadOverRacks: false`;
  const former = new Map(moved.map(({ id, before }) => [id, before]));
  return [`declare ${declared}`, undoPlacement(topic, former)];
}
