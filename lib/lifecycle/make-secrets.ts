import type { KeyPair } from './certificate-authority';
import { fail } from './failure';
import { password } from './password';
import { authorityCertificate, authorityKey, type PlannedCertificate, type SecretPlan } from './secret-plan';
import type { SecretStore } from './secret-store';

/** What was made and what was there. */
export interface MadeSecrets {
  readonly made: readonly string[];
  readonly kept: readonly string[];
}

/** For development: whoever needs others puts the files there himself. */
const authorityDays = 3650;
const certificateDays = 825;
const storePassword = 'keystore-password';

// Loaded only here: the library behind them is large, and most commands make no secrets.
const certificates = () => import('./certificate-authority.js');
const stores = () => import('./key-store.js');

/**
 * Makes what a plan asks for and is not there yet; what is there is never written over. Every certificate comes with its key and its
 * stores, and those of one holder are made together or not at all.
 */
export async function makeSecrets(plan: SecretPlan, store: SecretStore, clusterName: string, now: Date): Promise<MadeSecrets> {
  const made: string[] = [];
  const kept: string[] = [];
  const note = (path: string, isNew: boolean) => (isNew ? made : kept).push(path);
  for (const { file, length } of plan.passwords) note(file, store.create(file, password(length), 'containers'));
  if (plan.certificates.length === 0) return { made, kept };
  const wanted = plan.certificates.filter(({ directory }) => {
    const there = store.read(`${directory}/keystore.p12`) !== undefined;
    if (there) kept.push(directory);
    return !there;
  });
  if (wanted.length === 0) return { made, kept };
  const authority = await authorityOf(store, clusterName, now, note);
  const secret = passwordOf(store);
  for (const certificate of wanted) {
    await writeCertificate(store, certificate, authority, secret, now);
    made.push(certificate.directory);
  }
  return { made, kept };
}

async function authorityOf(
  store: SecretStore,
  clusterName: string,
  now: Date,
  note: (path: string, isNew: boolean) => void,
): Promise<KeyPair> {
  const { createAuthority, fromPem, pem } = await certificates();
  const certificate = store.read(authorityCertificate);
  const key = store.read(authorityKey);
  if (certificate !== undefined && key === undefined)
    fail(
      'docker/authority-without-key',
      `${authorityCertificate} is there and ${authorityKey} is not, so nothing can be signed; add the key, or the missing certificates`,
    );
  if (certificate !== undefined && key !== undefined) {
    note(authorityCertificate, false);
    return { certificate: fromPem(Buffer.from(certificate).toString()), key: fromPem(Buffer.from(key).toString()) };
  }
  const authority = await createAuthority({ commonName: `${clusterName} development CA`, days: authorityDays, now });
  store.create(authorityKey, pem('PRIVATE KEY', authority.key), 'owner');
  note(authorityCertificate, store.create(authorityCertificate, pem('CERTIFICATE', authority.certificate), 'containers'));
  return authority;
}

function passwordOf(store: SecretStore): string {
  const content = store.read(storePassword);
  return content === undefined ? fail('docker/secret-missing', `no file ${storePassword}`) : Buffer.from(content).toString();
}

async function writeCertificate(
  store: SecretStore,
  { directory, commonName, hosts }: PlannedCertificate,
  authority: KeyPair,
  secret: string,
  now: Date,
): Promise<void> {
  const { issue, pem } = await certificates();
  const { keyStore, trustStore } = await stores();
  const pair = await issue(authority, { commonName, hosts, days: certificateDays, now });
  store.create(`${directory}/ca.crt`, pem('CERTIFICATE', authority.certificate), 'containers');
  store.create(`${directory}/tls.crt`, pem('CERTIFICATE', pair.certificate), 'containers');
  store.create(`${directory}/tls.key`, pem('PRIVATE KEY', pair.key), 'containers');
  store.create(`${directory}/truststore.p12`, await trustStore(authority.certificate, secret), 'containers');
  // The last one: with it there, all of them are.
  store.create(`${directory}/keystore.p12`, await keyStore(pair, authority.certificate, secret), 'containers');
}
