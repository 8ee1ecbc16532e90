import type { Kafka, KafkaConfig } from 'kafkajs';
import { clientOf } from '../docker/record-check';
import { InsideClient, type Outcome, type Task } from './inside';
import { type Door, doorOf } from './outside';
import type { Stage } from './stage';

/** How a client proves who it is. */
export type Identity = Pick<KafkaConfig, 'ssl' | 'sasl'>;

/** Clients of a stage's cluster, inside and outside, as the environment's service accounts. */
export class Clients {
  private constructor(
    private readonly stage: Stage,
    private door: Door,
    private readonly external: string,
    private readonly pod: InsideClient,
  ) {}

  /** Starts the pod of those inside; the cluster is there already. `external` is the listener for those outside. */
  static async start(stage: Stage, external: string): Promise<Clients> {
    return new Clients(stage, await doorOf(stage.namespace, stage.environment, external), external, await InsideClient.start(stage));
  }

  /** Looks up the names of brokers that were added. */
  async lookUp(): Promise<void> {
    this.door = await doorOf(this.stage.namespace, this.stage.environment, this.external);
  }

  /** An account that logs in with its password, or with another one. */
  password(account: string, password = this.stage.secret(`${account}-password`)): Identity {
    return { ...this.nobody(), sasl: { mechanism: 'scram-sha-512', username: account, password } };
  }

  /** An account that shows a certificate. */
  async certificate(account: string): Promise<Identity> {
    const { ca, cert, key } = await this.stage.issuer.client(account);
    return { ssl: { ca: [ca], cert, key } };
  }

  /** Somebody who only trusts the authority. */
  nobody(): Identity {
    return { ssl: { ca: [this.stage.issuer.ca] } };
  }

  /** What comes of a client's work on an internal listener. */
  inside(listener: string, identity: Identity, task: Task): Promise<Outcome> {
    const { listeners, platform } = this.stage.environment;
    const port = listeners.find(({ name }) => name === listener)?.port;
    const { names, clusterDomain } = platform.kubernetes;
    const brokers = [`${names.kafka}.${this.stage.namespace.name}.svc.${clusterDomain}:${port}`];
    return this.pod.exchange({ brokers, ...identity }, task);
  }

  /** The command line in the pod of the clients, about the environment, as the convergence. */
  kafkon(...words: readonly string[]): Promise<string> {
    return this.pod.kafkon(...words);
  }

  /** A client outside. `patient` is one that lives through restarts, another takes the first answer. @default patient - true */
  outside(identity: Identity, patient = true): Kafka {
    const { bootstrap, socketFactory } = this.door;
    return clientOf({ brokers: [bootstrap], socketFactory, ...identity, ...(patient ? {} : { retry: { retries: 0 } }) });
  }
}
