import { createAuthority, issue, type KeyPair, pem } from '../../../lib/lifecycle/certificate-authority';
import { keyStore, trustStore } from '../../../lib/lifecycle/key-store';

/** A cert-manager Certificate as far as it says what is to be issued. */
export interface CertificateObject {
  readonly kind: string;
  readonly spec: {
    readonly secretName: string;
    readonly commonName: string;
    readonly isCA?: boolean;
    readonly dnsNames?: readonly string[];
    readonly ipAddresses?: readonly string[];
    readonly keystores?: { readonly pkcs12: { readonly create: boolean } };
  };
}

/** A certificate with its key and its authority's certificate, PEM. */
export interface ClientCertificate {
  readonly ca: string;
  readonly cert: string;
  readonly key: string;
}

/** A test's issuer: it writes the Secrets that cert-manager would write for the Certificates of one environment. */
export class TestIssuer {
  private constructor(
    private readonly authority: KeyPair,
    private readonly storePassword: string,
  ) {}

  static async create(storePassword: string): Promise<TestIssuer> {
    return new TestIssuer(await createAuthority({ commonName: 'test CA', days: 2, now: new Date() }), storePassword);
  }

  /** The authority's certificate, PEM. */
  get ca(): string {
    return pem('CERTIFICATE', this.authority.certificate);
  }

  /** The certificate of a client. */
  async client(commonName: string): Promise<ClientCertificate> {
    const pair = await issue(this.authority, { commonName, hosts: [], days: 1, now: new Date() });
    return { ca: this.ca, cert: pem('CERTIFICATE', pair.certificate), key: pem('PRIVATE KEY', pair.key) };
  }

  /** The Secret of a Certificate. */
  async secretOf({ spec }: Pick<CertificateObject, 'spec'>): Promise<object> {
    const { secretName, commonName, isCA = false, dnsNames = [], ipAddresses = [], keystores } = spec;
    const hosts = [...dnsNames, ...ipAddresses];
    const pair = isCA ? this.authority : await issue(this.authority, { commonName, hosts, days: 1, now: new Date() });
    const stores =
      keystores?.pkcs12.create === true
        ? {
            'keystore.p12': base64(await keyStore(pair, this.authority.certificate, this.storePassword)),
            'truststore.p12': base64(await trustStore(this.authority.certificate, this.storePassword)),
          }
        : {};
    return {
      apiVersion: 'v1',
      kind: 'Secret',
      type: 'kubernetes.io/tls',
      metadata: { name: secretName, annotations: { [issuedFor]: namesOf({ spec }) } },
      data: {
        'ca.crt': base64(this.ca),
        'tls.crt': base64(pem('CERTIFICATE', pair.certificate)),
        'tls.key': base64(pem('PRIVATE KEY', pair.key)),
        ...stores,
      },
    };
  }
}

/** What a certificate was issued for. When a Certificate asks for other names, cert-manager issues it anew, and so does the test's issuer. */
export const issuedFor = 'kafkon.dev/issued-for';

/** The names that a Certificate asks for. */
export function namesOf({ spec: { commonName, dnsNames = [], ipAddresses = [] } }: Pick<CertificateObject, 'spec'>): string {
  return [commonName, ...dnsNames, ...ipAddresses].join(' ');
}

function base64(content: string | Uint8Array): string {
  return Buffer.from(content).toString('base64');
}
