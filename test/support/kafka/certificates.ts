import { execFile } from 'node:child_process';
import { randomBytes } from 'node:crypto';
import { copyFile, mkdir, readFile, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { promisify } from 'node:util';

const run = promisify(execFile);

/** Who a certificate is for. */
export interface Subject {
  readonly commonName: string;
  /** @default - none */
  readonly dnsNames?: readonly string[];
  /** IP addresses. @default - none */
  readonly addresses?: readonly string[];
}

/** The name of the file that holds the password of both stores, without a line break. */
const STORE_PASSWORD_FILE = 'keystore-password';

const DAYS = '2';

/** A throw-away certificate authority; its certificates are laid out in folders as cert-manager lays out its Secrets. */
export class CertificateAuthority {
  private constructor(
    private readonly folder: string,
    private readonly storePassword: string,
  ) {}

  /** Makes a new authority in an empty folder. */
  static async create(folder: string, storePassword: string): Promise<CertificateAuthority> {
    await mkdir(folder, { recursive: true });
    await writeFile(join(folder, STORE_PASSWORD_FILE), storePassword, { mode: 0o600 });
    const authority = new CertificateAuthority(folder, storePassword);
    await run('openssl', [
      'req',
      '-x509',
      ...KEY,
      '-keyout',
      authority.key,
      '-out',
      authority.certificate,
      '-days',
      DAYS,
      '-subj',
      '/CN=test CA',
    ]);
    // keytool, because Java trusts only entries that carry its own attribute, which OpenSSL 3.0 cannot write.
    const store = ['-keystore', authority.trustStore, '-storetype', 'PKCS12', '-storepass:file', join(folder, STORE_PASSWORD_FILE)];
    await run('keytool', ['-importcert', '-noprompt', '-alias', 'ca', '-file', authority.certificate, ...store]);
    return authority;
  }

  /** The authority's own certificate, PEM. */
  get certificate(): string {
    return join(this.folder, 'ca.crt');
  }

  private get key(): string {
    return join(this.folder, 'ca.key');
  }

  private get trustStore(): string {
    return join(this.folder, 'truststore.p12');
  }

  /**
   * Issues a certificate for servers and clients alike into a folder: `tls.key`, `tls.crt`, `ca.crt`, `keystore.p12`,
   * `truststore.p12`, and the password of both stores in `keystore-password`.
   */
  async issue(folder: string, subject: Subject): Promise<void> {
    await mkdir(folder, { recursive: true });
    const file = (name: string) => join(folder, name);
    await writeFile(file(STORE_PASSWORD_FILE), this.storePassword, { mode: 0o600 });
    await copyFile(this.certificate, file('ca.crt'));
    await copyFile(this.trustStore, file('truststore.p12'));
    await writeFile(file('extensions'), extensions(subject));
    await run('openssl', [
      'req',
      '-new',
      ...KEY,
      '-keyout',
      file('tls.key'),
      '-out',
      file('tls.csr'),
      '-subj',
      `/CN=${subject.commonName}`,
    ]);
    const signer = ['-CA', this.certificate, '-CAkey', this.key, '-set_serial', `0x${randomBytes(8).toString('hex')}`, '-days', DAYS];
    await run('openssl', ['x509', '-req', '-in', file('tls.csr'), '-out', file('tls.crt'), ...signer, '-extfile', file('extensions')]);
    const entry = ['-inkey', file('tls.key'), '-in', file('tls.crt'), '-certfile', file('ca.crt'), '-name', 'certificate'];
    await run('openssl', ['pkcs12', '-export', ...entry, '-out', file('keystore.p12'), '-passout', `file:${file(STORE_PASSWORD_FILE)}`]);
  }

  /** The certificate of a folder in words, as OpenSSL prints it. */
  async describe(folder: string): Promise<string> {
    return (await run('openssl', ['x509', '-in', join(folder, 'tls.crt'), '-noout', '-text'])).stdout;
  }

  /** The authority's certificate, PEM text. */
  async pem(): Promise<string> {
    return readFile(this.certificate, 'utf8');
  }
}

const KEY: readonly string[] = ['-newkey', 'rsa:2048', '-nodes', '-sha256'];

function extensions({ dnsNames = [], addresses = [] }: Subject): string {
  const names = [...dnsNames.map((name) => `DNS:${name}`), ...addresses.map((address) => `IP:${address}`)];
  const lines = ['basicConstraints=CA:FALSE', 'keyUsage=digitalSignature,keyEncipherment', 'extendedKeyUsage=serverAuth,clientAuth'];
  if (names.length > 0) lines.push(`subjectAltName=${names.join(',')}`);
  return `${lines.join('\n')}\n`;
}
