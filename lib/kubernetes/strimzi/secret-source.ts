import { backupPrincipal, convergencePrincipal, type Environment } from '../../model';
import { type SecretFile, storePasswordSecret } from '../../runtime';
import { authoritySecret } from './names';

type Certificate = Extract<SecretFile['source'], { kind: 'certificate' }>;

/** Where the operator keeps the password that opens its trust store; undefined for every other logical secret. */
export function strimziPassword(environment: Environment, secret: string): { name: string; key: string } | undefined {
  const bound = environment.platform.kubernetes.secrets[secret];
  return secret === storePasswordSecret && bound === undefined ? { name: authoritySecret(environment), key: 'ca.password' } : undefined;
}

const userKeys = { 'tls.crt': 'user.crt', 'tls.key': 'user.key', 'keystore.p12': 'user.p12' } as const;

/** Where the operator keeps a certificate: what proves the brokers beside their authority, what proves a user in the user's Secret. */
export function strimziCertificate(environment: Environment, { owner, item }: Certificate): { name: string; key: string } {
  if (item === 'truststore.p12') return { name: authoritySecret(environment), key: 'ca.p12' };
  if (item === 'ca.crt') return { name: authoritySecret(environment), key: 'ca.crt' };
  const principal = owner === 'backup' ? backupPrincipal : convergencePrincipal;
  return { name: principal(environment.name), key: userKeys[item] };
}
