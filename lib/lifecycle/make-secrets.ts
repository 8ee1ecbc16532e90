import type { Problem } from '../model';
import type { KeyPair } from './certificate-authority';
import { readCertificate } from './certificate-names';
import { fail, machineProblem } from './failure';
import { password } from './password';
import { authorityCertificate, authorityKey, type PlannedCertificate, type SecretPlan } from './secret-plan';
import type { SecretStore } from './secret-store';

/** A certificate that was made anew because its holder is reached by more names than it had. */
export interface RenewedCertificate {
  readonly directory: string;
  /** The names that it lacked. */
  readonly names: readonly string[];
}

/** What was made and what was there. */
export interface MadeSecrets {
  readonly made: readonly string[];
  readonly renewed: readonly RenewedCertificate[];
  readonly kept: readonly string[];
  /** Certificates that somebody else has signed and that lack names: only who signed them can mend that. */
  readonly problems: readonly Problem[];
}

/** For development: whoever needs others puts the files there himself. */
const authorityDays = 3650;
const certificateDays = 825;
const storePassword = 'keystore-password';

// Loaded only here: the library behind them is large, and most commands make no secrets.
const certificates = () => import('./certificate-authority.js');
const stores = () => import('./key-store.js');

/**
 * Makes what a plan asks for and is not there yet; what is there is not written over, with one exception: a certificate that this
 * authority has signed and that lacks names of its holder is made anew. Every certificate comes with its key and its stores, and those of
 * one holder are made together or not at all.
 */
export async function makeSecrets(plan: SecretPlan, store: SecretStore, clusterName: string, now: Date): Promise<MadeSecrets> {
  const made: string[] = [];
  const kept: string[] = [];
  const note = (path: string, isNew: boolean) => (isNew ? made : kept).push(path);
  for (const { file, length } of plan.passwords) note(file, store.create(file, password(length), 'containers'));
  const wanted = plan.certificates.filter(({ directory }) => store.read(`${directory}/keystore.p12`) === undefined);
  const outgrown = outgrownCertificates({ ...plan, certificates: plan.certificates.filter((each) => !wanted.includes(each)) }, store);
  const renewed = outgrown.filter((each) => isOwn(store, each));
  const anew = plan.certificates.filter((each) => renewed.some(({ directory }) => directory === each.directory));
  kept.push(...plan.certificates.filter((each) => !wanted.includes(each) && !anew.includes(each)).map(({ directory }) => directory));
  const foreign = outgrown.filter((each) => !renewed.includes(each));
  const problems = foreign.map((each) =>
    lackingNames(each, `; it was not signed with ${authorityKey}; have it signed again with these names by whoever did that`),
  );
  const result = { made, renewed, kept, problems };
  if (wanted.length + anew.length === 0) return result;
  const authority = await authorityOf(store, clusterName, now, note);
  const secret = passwordOf(store);
  for (const certificate of wanted) {
    for (const [path, content] of await files(certificate, authority, secret, now)) store.create(path, content, 'containers');
    made.push(certificate.directory);
  }
  // Its text last: as long as that lacks the names, the next run makes all of them once more.
  for (const certificate of anew)
    for (const [path, content] of [...(await files(certificate, authority, secret, now))].reverse())
      store.replace(path, content, 'containers');
  return result;
}

/** What to say before anything is made of certificates that lack names; `id` is the environment's. A client may not need them. */
export function certificateProblems(plan: SecretPlan, store: Pick<SecretStore, 'read'>, id: string): readonly Problem[] {
  return outgrownCertificates(plan, store).map((each) => lackingNames(each, `; kafkon secrets ${id} init makes it anew`));
}

function lackingNames({ directory, names }: RenewedCertificate, remedy: string): Problem {
  return machineProblem(
    'docker/certificate-names',
    `${directory}/tls.crt does not name ${names.join(', ')}, by which its holder is reached${remedy}`,
    'warning',
  );
}

/** Certificates that are there and lack names by which their holders are reached. */
export function outgrownCertificates(plan: SecretPlan, store: Pick<SecretStore, 'read'>): readonly RenewedCertificate[] {
  return plan.certificates
    .map((certificate) => ({ directory: certificate.directory, names: lacking(store, certificate) }))
    .filter(({ names }) => names.length > 0);
}

/** The names of its holder that a certificate lacks; none where only stores are there, into which nobody looks. */
function lacking(store: Pick<SecretStore, 'read'>, { directory, hosts }: PlannedCertificate): readonly string[] {
  const text = store.read(`${directory}/tls.crt`);
  return (text === undefined ? undefined : readCertificate(text))?.missing(hosts) ?? [];
}

/** Whether the authority of the directory has signed a certificate, and could sign another one. */
function isOwn(store: SecretStore, { directory }: Pick<PlannedCertificate, 'directory'>): boolean {
  const [certificate, authority] = [store.read(`${directory}/tls.crt`), store.read(authorityCertificate)];
  if (certificate === undefined || authority === undefined || store.read(authorityKey) === undefined) return false;
  return readCertificate(certificate)?.signedBy(authority) === true;
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

/** What belongs to a certificate, by path. Its text comes first, and last the key store: with that there, all of them are. */
async function files(
  { directory, commonName, hosts }: PlannedCertificate,
  authority: KeyPair,
  secret: string,
  now: Date,
): Promise<ReadonlyMap<string, Uint8Array | string>> {
  const { issue, pem } = await certificates();
  const { keyStore, trustStore } = await stores();
  const pair = await issue(authority, { commonName, hosts, days: certificateDays, now });
  return new Map<string, Uint8Array | string>([
    [`${directory}/tls.crt`, pem('CERTIFICATE', pair.certificate)],
    [`${directory}/tls.key`, pem('PRIVATE KEY', pair.key)],
    [`${directory}/ca.crt`, pem('CERTIFICATE', authority.certificate)],
    [`${directory}/truststore.p12`, await trustStore(authority.certificate, secret)],
    [`${directory}/keystore.p12`, await keyStore(pair, authority.certificate, secret)],
  ]);
}
