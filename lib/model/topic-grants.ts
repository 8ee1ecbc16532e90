import type { AccessIntent } from './access';

/** Which topics of a set a grant is for. */
export interface GrantOptions {
  /** Names of topics of the set. @default - all of them */
  readonly topics?: readonly string[];
}

/** Options of `grantConsume`. */
export interface GrantConsumeOptions extends GrantOptions {
  /** The consumer groups the principal may join; an ending `*` makes a prefix. At least one. */
  readonly groups: readonly string[];
}

/** Options of `grantTransactional`. */
export interface GrantTransactionalOptions extends GrantOptions {
  /** The transactional ids the principal may use; an ending `*` makes a prefix. At least one. */
  readonly transactionalIds: readonly string[];
}

/** Options of `grantStreams`. */
export interface GrantStreamsOptions {
  /** The application id: the name of its group, and the beginning of its internal topics and transactional ids. */
  readonly applicationId: string;
  /** Topics of the set that the application reads. @default - all of them */
  readonly reads?: readonly string[];
  /** Topics of the set that the application writes. @default - none */
  readonly writes?: readonly string[];
}

/** Where grants go. */
export interface GrantRegister {
  /** Takes what someone needs to be able to do. */
  add(intent: AccessIntent): void;
  /** Takes a mistake, lower-case and without final period, for the next synthesis to report. */
  report(message: string): void;
}

/**
 * Grants on some topics: what clients need to do their work and nothing more. A principal is `User:<account>`, `Group:<user group>` or
 * the bare name of an account. Each grant becomes the exact ACLs when the environment is converged.
 */
export class TopicGrants {
  readonly #names: readonly string[];
  readonly #register: GrantRegister;

  constructor(names: readonly string[], register: GrantRegister) {
    this.#names = names;
    this.#register = register;
  }

  /** Lets a principal write, idempotence included. */
  grantProduce(principal: string, { topics }: GrantOptions = {}): void {
    const chosen = this.#chosen('grantProduce', principal, topics);
    if (chosen.length > 0) this.#register.add({ intent: 'producer', principal, topics: chosen, transactionalIds: [] });
  }

  /** Lets a principal read as a member of the groups, and commit its offsets. */
  grantConsume(principal: string, { groups, topics }: GrantConsumeOptions): void {
    const chosen = this.#chosen('grantConsume', principal, topics);
    if (groups.length === 0) this.#register.report(`grantConsume for ${principal} names no group; name the groups it consumes in`);
    else if (chosen.length > 0) this.#register.add({ intent: 'consumer', principal, topics: chosen, groups: [...groups] });
  }

  /** Lets a principal write in transactions. */
  grantTransactional(principal: string, { transactionalIds, topics }: GrantTransactionalOptions): void {
    const chosen = this.#chosen('grantTransactional', principal, topics);
    if (transactionalIds.length === 0) {
      this.#register.report(`grantTransactional for ${principal} names no transactional id; name those it uses, or use grantProduce`);
    } else if (chosen.length > 0) {
      this.#register.add({ intent: 'producer', principal, topics: chosen, transactionalIds: [...transactionalIds] });
    }
  }

  /** Lets a Kafka Streams application read and write, with internal topics of its own. */
  grantStreams(principal: string, { applicationId, reads, writes = [] }: GrantStreamsOptions): void {
    this.#register.add({
      intent: 'streams',
      principal,
      applicationId,
      reads: this.#chosen('grantStreams', principal, reads),
      writes: this.#chosen('grantStreams', principal, writes),
    });
  }

  #chosen(method: string, principal: string, topics: readonly string[] | undefined): string[] {
    const chosen = topics ?? this.#names;
    const unknown = chosen.filter((name) => !this.#names.includes(name));
    for (const name of unknown) {
      this.#register.report(
        `${method} for ${principal} names topic ${JSON.stringify(name)}, which is not in the set; it has ${this.#names.join(', ')}`,
      );
    }
    return chosen.filter((name) => this.#names.includes(name));
  }
}
