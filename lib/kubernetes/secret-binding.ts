import type { Environment } from '../model';
import { kafkaObjectName } from './names';

/** Where the value of a logical secret is kept: a key of a Kubernetes Secret. */
export interface SecretBinding {
  readonly name: string;
  readonly key: string;
}

/** The Secret and key of a logical secret: as bound under `platform.kubernetes.secrets`, else the key of that name in `<kafka>-secrets`. */
export function secretBinding(environment: Environment, secret: string): SecretBinding {
  return environment.platform.kubernetes.secrets[secret] ?? { name: kafkaObjectName(environment, 'secrets'), key: secret };
}

/** The logical secret with the password of every key store and trust store. */
export const keystorePasswordSecret = 'keystore-password';
