import { Construct } from 'constructs';
import { type Environment, strimziConvergenceListener } from '../../model';
import type { Addressing, CertificateOwner } from '../../runtime';
import { createStrimzi } from '../custom-resources/strimzi';
import type { DeployedCluster } from '../deployed-cluster';
import type { WholeEnvironmentProps } from '../zookeeper-ensemble';
import { strimziAddressing } from './addressing';
import { createConnect } from './connect';
import { createKafka } from './kafka';
import { createMirrorMaker } from './mirror-maker';
import { strimziMetadata } from './names';
import { createNodePool } from './node-pool';
import { createTopics } from './topics';
import { createUsers, userGrants } from './users';

/**
 * A Kafka cluster as the Strimzi operator runs it: its nodes, listeners, accounts, and topics where the operator owns them. What the
 * operator cannot say is a problem of the environment, and was reported when that was read.
 */
export class StrimziCluster extends Construct implements DeployedCluster {
  readonly environment: Environment;
  readonly addressing: Addressing;
  private readonly certificates = new Set<string>();

  constructor(scope: Construct, id: string, { environment }: WholeEnvironmentProps) {
    super(scope, id);
    this.environment = environment;
    this.addressing = strimziAddressing(environment);
    for (const pool of environment.pools) createNodePool(this, environment, pool);
    createKafka(this, environment, this.addressing);
    createUsers(this, environment);
    createTopics(this, environment);
    createConnect(this, environment);
    createMirrorMaker(this, environment);
  }

  /** The operator makes certificates for users; the convergence and the backup become such. The nodes have theirs already, and companions need none. */
  addCertificate(owner: CertificateOwner, commonName: string): void {
    const needed = ['convergence', 'backup'].includes(owner) && strimziConvergenceListener(this.environment)?.security === 'mtls';
    if (!needed || this.certificates.has(commonName)) return;
    this.certificates.add(commonName);
    createStrimzi(this, `${owner}-user`, 'KafkaUser', strimziMetadata(this.environment, 'user', commonName), {
      authentication: { type: 'tls' },
      ...userGrants(this.environment, commonName),
    });
  }
}
