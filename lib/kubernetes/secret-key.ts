import { type Environment, isStrimzi, kubernetesSecret } from '../model';
import type { SecretFile } from '../runtime';
import { certificateName } from './names';
import { strimziCertificate, strimziPassword } from './strimzi/secret-source';

/** A Secret and a key in it. */
export interface SecretKey {
  readonly name: string;
  readonly key: string;
}

/** Where a logical secret is kept. */
export function logicalSecretKey(environment: Environment, secret: string): SecretKey {
  return (isStrimzi(environment) ? strimziPassword(environment, secret) : undefined) ?? kubernetesSecret(environment, secret);
}

/** Where what a file holds is kept. */
export function secretKeyOf(environment: Environment, { source }: SecretFile): SecretKey {
  if (source.kind === 'secret') return logicalSecretKey(environment, source.secret);
  if (isStrimzi(environment)) return strimziCertificate(environment, source);
  return { name: certificateName(environment, source.owner), key: source.item };
}
