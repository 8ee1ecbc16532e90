import type { Environment } from '../model';
import type { Addressing, CertificateOwner } from '../runtime';

/** A cluster as those who stand beside it see it, whoever runs it. */
export interface DeployedCluster {
  /** As it stands, with what was added so far; undefined when there are problems. */
  readonly environment: Environment | undefined;
  /** Who is where; undefined when there are problems. */
  readonly addressing: Addressing | undefined;
  /** Makes the certificate of an owner, once; does nothing where nothing speaks TLS. */
  addCertificate(owner: CertificateOwner, commonName: string, hosts?: readonly string[]): void;
}
