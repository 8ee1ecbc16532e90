import { type CertificateOwner, type SecretFile, secretDirectory } from './process';

/** The logical secret that opens every key store and trust store. */
export const storePasswordSecret = 'keystore-password';

/** The logical secret of the brokers' own SCRAM user, where the brokers use SCRAM among themselves. */
export const brokerPasswordSecret = 'broker-password';

const passwordDirectory = `${secretDirectory}/passwords`;

/** Where secret environment variables are, one a file, on a platform that cannot set them without writing their values down. */
export const secretVariableDirectory = `${secretDirectory}/env`;

/** The file that holds a logical secret: its bytes and no line break. */
export function secretPath(secret: string): string {
  return `${passwordDirectory}/${secret}`;
}

/** The file of a logical secret. */
export function secretFile(secret: string): SecretFile {
  return { path: secretPath(secret), source: { kind: 'secret', secret } };
}

/** A reference that Kafka resolves itself when it reads its configuration, so that no value is ever rendered. */
export function secretReference(secret: string): string {
  return `\${directory:${passwordDirectory}:${secret}}`;
}

/** What makes `secretReference` work; goes wherever one is used. */
export const secretProvider = {
  'config.providers': 'directory',
  'config.providers.directory.class': 'org.apache.kafka.common.config.provider.DirectoryConfigProvider',
} as const;

/** Where the PKCS#12 stores of an owner lie. */
export function storePath(owner: CertificateOwner, item: 'keystore.p12' | 'truststore.p12'): string {
  return `${secretDirectory}/${owner}/${item}`;
}

/** An owner's stores and the password that opens them. */
export function storeFiles(owner: CertificateOwner): readonly SecretFile[] {
  const store = (item: 'keystore.p12' | 'truststore.p12'): SecretFile => ({
    path: storePath(owner, item),
    source: { kind: 'certificate', owner, item },
  });
  return [store('keystore.p12'), store('truststore.p12'), secretFile(storePasswordSecret)];
}
