import { webcrypto } from 'node:crypto';
import * as asn1 from 'asn1js';
import * as pki from 'pkijs';
import type { KeyPair } from './certificate-authority';

const engine = new pki.CryptoEngine({ name: 'node', crypto: webcrypto as unknown as pki.ICryptoEngine });

const oid = {
  friendlyName: '1.2.840.113549.1.9.20',
  localKeyId: '1.2.840.113549.1.9.21',
  keyBag: '1.2.840.113549.1.12.10.1.2',
  certificateBag: '1.2.840.113549.1.12.10.1.3',
  /** Java's own: without it Java takes no certificate of a store for trusted. */
  trustedKeyUsage: '2.16.840.1.113894.746875.1.1',
  anyExtendedKeyUsage: '2.5.29.37.0',
} as const;

const iterations = 10_000;
const encryption = {
  contentEncryptionAlgorithm: { name: 'AES-CBC', length: 256 } as unknown as pki.ContentEncryptionAesCbcParams,
  hmacHashAlgorithm: 'SHA-256',
  iterationCount: iterations,
};

/** A PKCS#12 store with a key, its certificate and the authority's, as Kafka and ZooKeeper read it. */
export async function keyStore({ certificate, key }: KeyPair, authority: Uint8Array, password: string): Promise<Uint8Array> {
  const id = new Uint8Array([1, 0, 0, 0]);
  const attributes = [
    attribute(oid.friendlyName, new asn1.BmpString({ value: 'certificate' })),
    attribute(oid.localKeyId, new asn1.OctetString({ valueHex: id.buffer })),
  ];
  const shrouded = new pki.PKCS8ShroudedKeyBag({ parsedValue: pki.PrivateKeyInfo.fromBER(key) });
  await shrouded.makeInternalValues({ password: bytes(password), ...encryption }, engine);
  return store(
    [
      new pki.SafeContents({ safeBags: [new pki.SafeBag({ bagId: oid.keyBag, bagValue: shrouded, bagAttributes: attributes })] }),
      new pki.SafeContents({ safeBags: [certificateBag(certificate, attributes), certificateBag(authority, [])] }),
    ],
    password,
  );
}

/** A PKCS#12 store with the authority's certificate alone, trusted. */
export function trustStore(authority: Uint8Array, password: string): Promise<Uint8Array> {
  const attributes = [
    attribute(oid.friendlyName, new asn1.BmpString({ value: 'ca' })),
    attribute(oid.trustedKeyUsage, new asn1.ObjectIdentifier({ value: oid.anyExtendedKeyUsage })),
  ];
  return store([new pki.SafeContents({ safeBags: [certificateBag(authority, attributes)] })], password);
}

async function store(contents: readonly pki.SafeContents[], password: string): Promise<Uint8Array> {
  const safe = new pki.AuthenticatedSafe({
    parsedValue: { safeContents: contents.map((value) => ({ privacyMode: privacyOf(value), value })) },
  });
  await safe.makeInternalValues({ safeContents: contents.map(() => ({ password: bytes(password), ...encryption })) }, engine);
  const pfx = new pki.PFX({ parsedValue: { integrityMode: 0, authenticatedSafe: safe } });
  await pfx.makeInternalValues(
    { password: bytes(password), iterations, pbkdf2HashAlgorithm: { name: 'SHA-256' }, hmacHashAlgorithm: 'SHA-256' },
    engine,
  );
  return new Uint8Array(pfx.toSchema().toBER());
}

/** A key is encrypted in its bag already; certificates are encrypted as a whole. */
function privacyOf(value: pki.SafeContents): 0 | 1 {
  return value.safeBags.some(({ bagId }) => bagId === oid.keyBag) ? 0 : 1;
}

function certificateBag(der: Uint8Array, attributes: readonly pki.Attribute[]): pki.SafeBag {
  const value = new pki.CertBag({ parsedValue: pki.Certificate.fromBER(der) });
  return new pki.SafeBag({
    bagId: oid.certificateBag,
    bagValue: value,
    ...(attributes.length === 0 ? {} : { bagAttributes: [...attributes] }),
  });
}

function attribute(type: string, value: asn1.BaseBlock): pki.Attribute {
  return new pki.Attribute({ type, values: [value] });
}

function bytes(text: string): ArrayBuffer {
  return new TextEncoder().encode(text).buffer as ArrayBuffer;
}
