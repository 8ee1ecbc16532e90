import { Construct } from 'constructs';
import {
  type EnvironmentInput,
  type GrantConsumeOptions,
  type GrantOptions,
  type GrantStreamsOptions,
  type GrantTransactionalOptions,
  TopicGrants,
} from '../model';
import type { GrowingCluster } from './growing-cluster';

/** Properties of `TopicSet`. */
export interface TopicSetProps {
  /** The cluster that shall have the topics. */
  readonly cluster: GrowingCluster;
  /** Topics by name. Settings bear Kafka's own dotted keys under `config`. */
  readonly topics: NonNullable<EnvironmentInput['topics']>;
  /** Topics that are never deleted without leave by name; an ending `*` makes a prefix. @default [] */
  readonly protectedTopics?: readonly string[];
  /** Schemas that the topics name, by name. @default {} */
  readonly schemas?: EnvironmentInput['schemas'];
}

/**
 * Topics that belong together, and who may use them. Nothing is deployed of them: they are part of the cluster's desired state, which
 * the convergence brings about. What is wrong with a topic or a grant is reported with this construct's path.
 */
export class TopicSet extends Construct {
  readonly #grants: TopicGrants;
  readonly #names: readonly string[];
  readonly #grantsOf: (names: readonly string[]) => TopicGrants;
  readonly #mistakes: string[] = [];

  constructor(scope: Construct, id: string, { cluster, topics, protectedTopics = [], schemas = {} }: TopicSetProps) {
    super(scope, id);
    this.#names = Object.keys(topics);
    this.#grantsOf = (names) =>
      new TopicGrants(names, {
        add: (intent) => cluster.add(this, { access: [intent] }),
        report: (message) => this.#mistakes.push(message),
      });
    this.#grants = this.#grantsOf(this.#names);
    this.node.addValidation({ validate: () => [...this.#mistakes] });
    cluster.add(this, { topics, schemas, protectedTopics: [...protectedTopics] });
  }

  /** The names of the topics, as declared. */
  get names(): readonly string[] {
    return [...this.#names];
  }

  /** One topic of the set, to grant on. A name that is not in the set is reported at the next synthesis. */
  topic(name: string): TopicGrants {
    if (this.#names.includes(name)) return this.#grantsOf([name]);
    this.#mistakes.push(`topic ${JSON.stringify(name)} is not in the set; it has ${this.#names.join(', ')}`);
    return new TopicGrants([], { add: () => undefined, report: () => undefined });
  }

  /** Lets a principal write, idempotence included. */
  grantProduce(principal: string, options: GrantOptions = {}): void {
    this.#grants.grantProduce(principal, options);
  }

  /** Lets a principal read as a member of the groups, and commit its offsets. */
  grantConsume(principal: string, options: GrantConsumeOptions): void {
    this.#grants.grantConsume(principal, options);
  }

  /** Lets a principal write in transactions. */
  grantTransactional(principal: string, options: GrantTransactionalOptions): void {
    this.#grants.grantTransactional(principal, options);
  }

  /** Lets a Kafka Streams application read and write, with internal topics of its own. */
  grantStreams(principal: string, options: GrantStreamsOptions): void {
    this.#grants.grantStreams(principal, options);
  }
}
