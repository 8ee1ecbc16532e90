import { ClusterFailure } from './admin';
import { refusal } from './error-codes';
import type { Answer } from './protocol/answer';

/** What is known of an error of kafkajs, whose classes can't be imported without loading it. */
interface KafkajsError {
  readonly name: string;
  readonly message: string;
  readonly code?: string | number;
  readonly type?: string;
}

/** A request was sent and no answer came: nobody knows whether it was done. */
export class Unanswered extends Error {
  constructor(
    readonly reason: 'unreachable' | 'timed-out',
    message: string,
    /** Whether the broker has never answered anything that needs a login. */
    readonly first = false,
  ) {
    super(first ? `${message}; perhaps the listener expects a login` : message);
    this.name = 'Unanswered';
  }
}

/** Why a broker could not be connected to, in our words; the address is in the message, secrets and stacks are not. */
export function connectFailure(address: string, caught: unknown): ClusterFailure {
  const { name, message, code, type } = caught as KafkajsError;
  if (name === 'KafkaJSSASLAuthenticationError' || type === 'SASL_AUTHENTICATION_FAILED')
    return new ClusterFailure('authentication-failed', `${address} refused the user or the password: ${plain(message)}`);
  if (type === 'UNSUPPORTED_SASL_MECHANISM' || /mechanism is not supported/.test(message))
    return new ClusterFailure('authentication-failed', `${address} does not support the SCRAM mechanism: ${plain(message)}`);
  if (isTls(code, message)) return new ClusterFailure('authentication-failed', `${address}: TLS failed: ${plain(message)}`);
  if (type === 'ILLEGAL_SASL_STATE')
    return new ClusterFailure('authentication-failed', `${address} expects no SASL login on this listener`);
  if (name === 'KafkaJSConnectionClosedError' || /closed/i.test(message))
    return new ClusterFailure(
      'unreachable',
      `${address} closed the connection before it answered; perhaps the listener expects TLS or a login, and this client was set up otherwise`,
    );
  if (name === 'KafkaJSServerDoesNotSupportApiKey') return new ClusterFailure('unsupported', `${address}: ${plain(message)}`);
  return new ClusterFailure('unreachable', `no broker answers at ${address}: ${plain(message)}`);
}

/** Whether another try or another broker may do better. */
export function isPassingFailure(failure: ClusterFailure): boolean {
  return failure.reason === 'unreachable' || failure.reason === 'timed-out';
}

/** A read as a whole was refused. */
export function readFailure(what: string, answer: Answer): ClusterFailure {
  const { reason, message } = refusal(answer);
  const failure = reason === 'not-authorized' || reason === 'timed-out' ? reason : reason === 'busy' ? 'timed-out' : 'unsupported';
  return new ClusterFailure(failure, `${what}: ${message}`);
}

/** Whether Node says that a TLS handshake failed, and not the network. */
export function isTls(code: string | number | undefined, message: string): boolean {
  return (
    /^(ERR_SSL|ERR_TLS|CERT_|UNABLE_TO_|SELF_SIGNED|DEPTH_ZERO|EPROTO)/.test(String(code)) ||
    /\b(certificate|ssl3?_|SSL routines)/i.test(message)
  );
}

/** The first line, without kafkajs' own prefix. */
function plain(message: string): string {
  return (message.split('\n')[0] ?? '').replace(/^Connection error: /, '').trim();
}
