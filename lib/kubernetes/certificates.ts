import { Construct } from 'constructs';
import { type Environment, kubernetesSecret } from '../model';
import { type CertificateOwner, storePasswordSecret } from '../runtime';
import { createCertificate, createIssuer, type IssuerReference } from './custom-resources/cert-manager';
import { objectMetadata } from './labels';
import { certificateName, kafkaObjectName, namespaceOf } from './names';

/** A CA lives ten years: to renew it is to replace every trust store. */
const authorityDays = 3650;
const authorityRenewBeforeDays = 365;

const privateKey = { algorithm: 'ECDSA', size: 256, encoding: 'PKCS8', rotationPolicy: 'Always' } as const;

/** cert-manager accepts `365d` and never renews: Go knows no unit longer than the hour. */
function hours(days: number): string {
  return `${days * 24}h`;
}

/** An address stands in a certificate under another heading than a name; no name has a colon or ends with four numbers. */
function isAddress(host: string): boolean {
  return host.includes(':') || /^\d+(\.\d+){3}$/.test(host);
}

/** Properties of `CertificateAuthority`. */
export interface CertificateAuthorityProps {
  readonly environment: Environment;
}

/**
 * Who signs the certificates of an environment: the issuer that the platform section names, or a CA of the environment's own, made
 * by cert-manager in its namespace.
 */
export class CertificateAuthority extends Construct {
  /** The issuer of every certificate. */
  readonly issuer: IssuerReference;

  constructor(scope: Construct, id: string, { environment }: CertificateAuthorityProps) {
    super(scope, id);
    const given = environment.platform.kubernetes.certificates.issuer;
    const name = kafkaObjectName(environment, 'ca');
    this.issuer = given ?? { name, kind: 'Issuer' };
    if (given !== undefined) return;
    const metadata = objectMetadata({ environment, component: 'certificates' }, name, namespaceOf(environment));
    const selfSigned = kafkaObjectName(environment, 'selfsigned');
    createIssuer(this, 'SelfSigned', { ...metadata, name: selfSigned }, { selfSigned: {} });
    createCertificate(this, 'Certificate', metadata, {
      secretName: name,
      issuerRef: { name: selfSigned, kind: 'Issuer' },
      commonName: `${environment.name} CA`,
      isCA: true,
      duration: hours(authorityDays),
      renewBefore: hours(authorityRenewBeforeDays),
      usages: ['cert sign', 'crl sign', 'digital signature'],
      // A new key would make every trust store in use worthless.
      privateKey: { ...privateKey, rotationPolicy: 'Never' },
    });
    createIssuer(this, 'Issuer', metadata, { ca: { secretName: name } });
  }
}

/** Properties of `OwnedCertificate`. */
export interface OwnedCertificateProps {
  readonly environment: Environment;
  readonly owner: CertificateOwner;
  /** The principal that Kafka and ZooKeeper see. At most 64 characters. */
  readonly commonName: string;
  /** Names and addresses by which the owner is reached. @default - none: a client's certificate */
  readonly hosts?: readonly string[];
  readonly issuer: IssuerReference;
}

/** The certificate of one owner, with PKCS#12 stores of key and trust under the password `keystore-password`. */
export class OwnedCertificate extends Construct {
  constructor(scope: Construct, id: string, { environment, owner, commonName, hosts = [], issuer }: OwnedCertificateProps) {
    super(scope, id);
    const name = certificateName(environment, owner);
    const { durationDays, renewBeforeDays } = environment.platform.kubernetes.certificates;
    const unique = [...new Set(hosts)].sort();
    const [ipAddresses, dnsNames] = [unique.filter(isAddress), unique.filter((host) => !isAddress(host))];
    createCertificate(this, 'Certificate', objectMetadata({ environment, component: 'certificates' }, name, namespaceOf(environment)), {
      secretName: name,
      issuerRef: issuer,
      commonName,
      ...(dnsNames.length === 0 ? {} : { dnsNames }),
      ...(ipAddresses.length === 0 ? {} : { ipAddresses }),
      duration: hours(durationDays),
      renewBefore: hours(renewBeforeDays),
      usages: ['digital signature', 'key encipherment', ...(hosts.length === 0 ? [] : ['server auth']), 'client auth'],
      privateKey,
      keystores: { pkcs12: { create: true, passwordSecretRef: kubernetesSecret(environment, storePasswordSecret) } },
    });
  }
}
