import { ApiObject, type ApiObjectMetadata } from 'cdk8s';
import type { Construct } from 'constructs';

const apiVersion = 'cert-manager.io/v1';

/** Who signs a certificate. */
export interface IssuerReference {
  readonly name: string;
  readonly kind: 'Issuer' | 'ClusterIssuer';
}

/** The part of cert-manager's Certificate that is used here. */
export interface CertificateSpec {
  readonly secretName: string;
  readonly issuerRef: IssuerReference;
  readonly commonName: string;
  readonly isCA?: boolean;
  readonly dnsNames?: readonly string[];
  readonly ipAddresses?: readonly string[];
  /** Go's notation without days: `8760h`. */
  readonly duration: string;
  /** Go's notation without days: `720h`. */
  readonly renewBefore: string;
  readonly usages: readonly string[];
  readonly privateKey: {
    readonly algorithm: 'ECDSA' | 'RSA';
    readonly size: number;
    /** Kafka cannot read PKCS#1. */
    readonly encoding: 'PKCS8';
    readonly rotationPolicy: 'Always' | 'Never';
  };
  readonly keystores?: {
    readonly pkcs12: { readonly create: boolean; readonly passwordSecretRef: { readonly name: string; readonly key: string } };
  };
}

/** What signs: itself, or the CA certificate in a Secret. */
export type IssuerSpec = { readonly selfSigned: Record<string, never> } | { readonly ca: { readonly secretName: string } };

/** Makes a Certificate. */
export function createCertificate(scope: Construct, id: string, metadata: ApiObjectMetadata, spec: CertificateSpec): ApiObject {
  return new ApiObject(scope, id, { apiVersion, kind: 'Certificate', metadata, spec });
}

/** Makes an Issuer. */
export function createIssuer(scope: Construct, id: string, metadata: ApiObjectMetadata, spec: IssuerSpec): ApiObject {
  return new ApiObject(scope, id, { apiVersion, kind: 'Issuer', metadata, spec });
}
