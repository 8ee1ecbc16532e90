import { webcrypto } from 'node:crypto';
import * as asn1 from 'asn1js';
import * as pki from 'pkijs';

/** A certificate and its private key. */
export interface KeyPair {
  /** DER */
  readonly certificate: Uint8Array;
  /** PKCS#8, DER */
  readonly key: Uint8Array;
}

/** Whose a certificate is. */
export interface Subject {
  readonly commonName: string;
  /** Names and addresses by which the holder is reached. */
  readonly hosts: readonly string[];
  readonly days: number;
  readonly now: Date;
}

const algorithm = { name: 'ECDSA', namedCurve: 'P-256' } as const;
const hash = 'SHA-256';
const engine = new pki.CryptoEngine({ name: 'node', crypto: webcrypto as unknown as pki.ICryptoEngine });

const oid = {
  commonName: '2.5.4.3',
  basicConstraints: '2.5.29.19',
  keyUsage: '2.5.29.15',
  extendedKeyUsage: '2.5.29.37',
  subjectAltName: '2.5.29.17',
  serverAuth: '1.3.6.1.5.5.7.3.1',
  clientAuth: '1.3.6.1.5.5.7.3.2',
} as const;

/** A new authority, signed by itself. */
export function createAuthority(subject: Omit<Subject, 'hosts'>): Promise<KeyPair> {
  return create({ ...subject, hosts: [] }, undefined);
}

/** A certificate for servers and clients alike, signed by an authority. */
export function issue(authority: KeyPair, subject: Subject): Promise<KeyPair> {
  return create(subject, authority);
}

async function create(subject: Subject, authority: KeyPair | undefined): Promise<KeyPair> {
  const keys = await webcrypto.subtle.generateKey(algorithm, true, ['sign', 'verify']);
  const issuer = authority === undefined ? undefined : pki.Certificate.fromBER(authority.certificate);
  const certificate = new pki.Certificate();
  certificate.version = 2;
  const serial = webcrypto.getRandomValues(new Uint8Array(16));
  // Positive, and never with a leading zero.
  serial[0] = ((serial[0] ?? 0) & 0x7f) | 0x40;
  certificate.serialNumber = new asn1.Integer({ valueHex: serial.buffer });
  const name = new pki.AttributeTypeAndValue({ type: oid.commonName, value: new asn1.Utf8String({ value: subject.commonName }) });
  certificate.subject.typesAndValues.push(name);
  certificate.issuer = issuer?.subject ?? certificate.subject;
  // A clock that goes a little late must not refuse it.
  certificate.notBefore.value = new Date(subject.now.getTime() - 3_600_000);
  certificate.notAfter.value = new Date(subject.now.getTime() + subject.days * 86_400_000);
  certificate.extensions = extensions(subject, authority === undefined);
  await certificate.subjectPublicKeyInfo.importKey(keys.publicKey, engine);
  const signer =
    authority === undefined ? keys.privateKey : await webcrypto.subtle.importKey('pkcs8', authority.key, algorithm, false, ['sign']);
  await certificate.sign(signer, hash, engine);
  return {
    certificate: new Uint8Array(certificate.toSchema(true).toBER()),
    key: new Uint8Array(await webcrypto.subtle.exportKey('pkcs8', keys.privateKey)),
  };
}

function extensions({ hosts }: Subject, isAuthority: boolean): pki.Extension[] {
  const made = (extnID: string, critical: boolean, value: { toBER(): ArrayBuffer }) =>
    new pki.Extension({ extnID, critical, extnValue: value.toBER() });
  const constraints = new pki.BasicConstraints(isAuthority ? { cA: true } : {});
  // Bits from the left: 0 digital signature, 5 certificate sign, 6 CRL sign.
  const bits = new Uint8Array([isAuthority ? 0b1000_0110 : 0b1000_0000]);
  const usage = new asn1.BitString({ valueHex: bits.buffer, unusedBits: isAuthority ? 1 : 7 });
  const purposes = [...(hosts.length === 0 ? [] : [oid.serverAuth]), oid.clientAuth];
  return [
    made(oid.basicConstraints, true, constraints.toSchema()),
    made(oid.keyUsage, true, usage),
    ...(isAuthority ? [] : [made(oid.extendedKeyUsage, false, new pki.ExtKeyUsage({ keyPurposes: purposes }).toSchema())]),
    ...(hosts.length === 0 ? [] : [made(oid.subjectAltName, false, new pki.GeneralNames({ names: hosts.map(generalName) }).toSchema())]),
  ];
}

const dnsName = 2;
const ipAddress = 7;

function generalName(host: string): pki.GeneralName {
  if (!/^\d+(\.\d+){3}$/.test(host)) return new pki.GeneralName({ type: dnsName, value: host });
  const bytes = new Uint8Array(host.split('.').map(Number));
  return new pki.GeneralName({ type: ipAddress, value: new asn1.OctetString({ valueHex: bytes.buffer }) });
}

/** The text form that most programs read. */
export function pem(label: 'CERTIFICATE' | 'PRIVATE KEY', der: Uint8Array): string {
  const lines =
    Buffer.from(der)
      .toString('base64')
      .match(/.{1,64}/g) ?? [];
  return `-----BEGIN ${label}-----\n${lines.join('\n')}\n-----END ${label}-----\n`;
}

/** Back from the text form; the first block counts. */
export function fromPem(text: string): Uint8Array {
  const body = /-----BEGIN [A-Z ]+-----([\s\S]*?)-----END/.exec(text)?.[1] ?? '';
  return new Uint8Array(Buffer.from(body, 'base64'));
}
