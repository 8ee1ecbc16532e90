import type { Outcome, Reason } from './admin';
import type { Answer } from './protocol/answer';

interface Meaning {
  readonly reason: Reason;
  /** Used where the broker sends no text. */
  readonly text: string;
  /** Worth another try a moment later, by itself. */
  readonly passing?: true;
}

/** Kafka's error codes that a request of ours can meet. */
const meanings: Readonly<Record<number, Meaning>> = {
  3: { reason: 'not-found', text: 'there is no such topic or partition' },
  5: { reason: 'busy', text: 'the partition has no leader now', passing: true },
  6: { reason: 'busy', text: 'the leader has just moved', passing: true },
  7: { reason: 'timed-out', text: 'the broker did not finish in time; it may still do it' },
  8: { reason: 'busy', text: 'a broker is not available', passing: true },
  13: { reason: 'busy', text: 'a broker was disconnected', passing: true },
  14: { reason: 'busy', text: 'the coordinator is loading', passing: true },
  15: { reason: 'busy', text: 'there is no coordinator yet', passing: true },
  16: { reason: 'busy', text: 'the coordinator has moved', passing: true },
  17: { reason: 'invalid', text: 'the name of the topic is invalid' },
  25: { reason: 'busy', text: 'the group has members' },
  29: { reason: 'not-authorized', text: 'not authorized for the topic' },
  30: { reason: 'not-authorized', text: 'not authorized for the group' },
  31: { reason: 'not-authorized', text: 'not authorized for the cluster' },
  35: { reason: 'unsupported', text: 'the broker does not support this' },
  36: { reason: 'already-exists', text: 'the topic exists' },
  37: { reason: 'invalid', text: 'the number of partitions is invalid' },
  38: { reason: 'invalid', text: 'the replication factor is invalid' },
  39: { reason: 'invalid', text: 'the replica assignment is invalid' },
  40: { reason: 'invalid', text: 'a setting is invalid' },
  41: { reason: 'not-controller', text: 'the broker asked is not the controller', passing: true },
  42: { reason: 'invalid', text: 'the request is invalid' },
  44: { reason: 'invalid', text: 'a policy of the cluster forbids it' },
  47: { reason: 'invalid', text: 'another holder of the transactional id has taken over' },
  48: { reason: 'invalid', text: 'there is no such transaction' },
  49: { reason: 'invalid', text: 'the transactional id has a new holder' },
  51: { reason: 'busy', text: 'the last transaction is still being ended', passing: true },
  53: { reason: 'not-authorized', text: 'not authorized for the transactional id' },
  54: { reason: 'unsupported', text: 'the cluster has no authorizer' },
  58: { reason: 'not-authorized', text: 'authentication failed' },
  60: { reason: 'busy', text: 'a reassignment of the partition is under way' },
  68: { reason: 'busy', text: 'the group has members' },
  69: { reason: 'not-found', text: 'there is no such group' },
  73: { reason: 'unsupported', text: 'deleting topics is switched off in the cluster' },
  80: { reason: 'busy', text: 'the preferred leader is not available' },
  83: { reason: 'busy', text: 'no replica can be leader' },
  85: { reason: 'not-found', text: 'no reassignment of the partition is under way' },
  89: { reason: 'quota-exceeded', text: 'more changes a second than the quota of this principal allows', passing: true },
  90: { reason: 'invalid', text: 'another holder of the transactional id has taken over' },
  91: { reason: 'not-found', text: 'there is no such credential' },
  92: { reason: 'invalid', text: 'it is named twice' },
  93: { reason: 'invalid', text: 'the credential is unacceptable' },
};

/** ELECTION_NOT_NEEDED: what was asked for is already so. */
const electionNotNeeded = 84;

export const done: Outcome = { done: true };

export const notController = 41;
export const securityDisabled = 54;

/** Why something was not done, with the broker's own text where it gave one. */
export function refusal({ code, message }: Answer): { readonly reason: Reason; readonly message: string } {
  const { reason, text } = meanings[code] ?? { reason: 'unknown', text: `Kafka answered with error ${code}` };
  return { reason, message: message === null || message === '' ? text : message };
}

export function outcomeOf(answer: Answer): Outcome {
  return answer.code === 0 || answer.code === electionNotNeeded ? done : { done: false, ...refusal(answer) };
}

/** Whether the same request may succeed a moment later. */
export function isPassing(code: number): boolean {
  return meanings[code]?.passing === true;
}
