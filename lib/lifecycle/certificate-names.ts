import { X509Certificate } from 'node:crypto';

/** A certificate that is there, in the text form. */
export interface KnownCertificate {
  /** Which of the hosts it does not name. */
  missing(hosts: readonly string[]): readonly string[];
  /** Whether another certificate's key has signed it. */
  signedBy(authority: Uint8Array): boolean;
}

/** Reads a certificate; undefined where the text is none. */
export function readCertificate(text: Uint8Array): KnownCertificate | undefined {
  const certificate = parsed(text);
  if (certificate === undefined) return undefined;
  const named = new Set((certificate.subjectAltName ?? '').split(', ').map((name) => name.replace(/^(DNS|IP Address):/, '').toLowerCase()));
  return {
    missing: (hosts) => hosts.filter((host) => !named.has(host.toLowerCase())),
    signedBy(authority) {
      const issuer = parsed(authority);
      return issuer !== undefined && certificate.checkIssued(issuer) && certificate.verify(issuer.publicKey);
    },
  };
}

function parsed(text: Uint8Array): X509Certificate | undefined {
  try {
    return new X509Certificate(text);
  } catch {
    return undefined;
  }
}
