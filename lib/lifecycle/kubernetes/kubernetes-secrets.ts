import { type Environment, kubernetesSecret } from '../../model';
import { fail } from '../failure';
import { accountDirectory, type PlannedCertificate, type SecretPlan } from '../secret-plan';
import type { SecretStore } from '../secret-store';
import { kinds } from './kinds';
import type { KubernetesCluster, KubernetesObject } from './kubernetes-cluster';
import { type KubernetesStack, ownLabels } from './kubernetes-stack';
import { findNamespace, madeHere } from './namespace';
import { neededSecrets } from './pod-template';

interface CertificateObject {
  readonly spec: {
    readonly secretName: string;
    readonly commonName: string;
    readonly isCA?: boolean;
    readonly dnsNames?: readonly string[];
    readonly ipAddresses?: readonly string[];
  };
}

/** The certificates that the manifests have cert-manager make, but for the authority's own. */
function certificatesOf({ objects }: KubernetesStack): readonly CertificateObject['spec'][] {
  return objects.flatMap((object) => {
    if (object.kind !== 'Certificate' || !object.apiVersion.startsWith('cert-manager.io/')) return [];
    const { spec } = object as unknown as CertificateObject;
    return spec.isCA === true ? [] : [spec];
  });
}

const directoryOf = (secret: string) => `certificates/kubernetes/${secret}`;

/**
 * What secrets an environment on Kubernetes needs, from what it needs anywhere: the certificates of its pods bear the names of its
 * manifests; those by which people and accounts outside log in are the same everywhere.
 */
export function kubernetesSecretPlan(
  everywhere: SecretPlan,
  stack: KubernetesStack,
  environment: Environment,
  certificates: boolean,
): SecretPlan {
  const accounts = new Set(Object.keys(environment.serviceAccounts).map(accountDirectory));
  const outside = everywhere.certificates.filter(({ directory }) => accounts.has(directory) || directory === 'certificates/convergence');
  const pods = certificatesOf(stack).map(
    ({ secretName, commonName, dnsNames = [], ipAddresses = [] }): PlannedCertificate => ({
      directory: directoryOf(secretName),
      commonName,
      hosts: [...dnsNames, ...ipAddresses],
    }),
  );
  return { passwords: everywhere.passwords, certificates: certificates ? [...outside, ...pods] : [] };
}

/** One Secret, and which keys are made from which files. */
interface SecretFiles {
  readonly name: string;
  readonly type: 'Opaque' | 'kubernetes.io/tls';
  readonly files: ReadonlyMap<string, string>;
}

const certificateFiles = ['ca.crt', 'tls.crt', 'tls.key', 'keystore.p12', 'truststore.p12'];

/** The Secrets that pods need, as far as a plan says where their values are. */
function secretFilesOf(plan: SecretPlan, stack: KubernetesStack, environment: Environment, certificates: boolean): readonly SecretFiles[] {
  const made = certificatesOf(stack).map(
    ({ secretName }): SecretFiles => ({
      name: secretName,
      type: 'kubernetes.io/tls',
      files: new Map(certificateFiles.map((file) => [file, `${directoryOf(secretName)}/${file}`])),
    }),
  );
  const ofCertificates = new Set(made.map(({ name }) => name));
  const places = new Map(
    plan.passwords.map(({ file }) => {
      const { name, key } = kubernetesSecret(environment, file);
      return [`${name} ${key}`, file] as const;
    }),
  );
  const passwords = [...neededSecrets(stack.objects)].flatMap(([name, keys]): SecretFiles[] => {
    if (ofCertificates.has(name)) return [];
    const files = [...keys].flatMap((key) => {
      const file = places.get(`${name} ${key}`);
      return file === undefined ? [] : [[key, file] as const];
    });
    return files.length === 0 ? [] : [{ name, type: 'Opaque', files: new Map(files) }];
  });
  return [...passwords, ...(certificates ? made : [])];
}

/** What became of the Secrets: `kafka-secrets/admin-password`, a line for each key. */
export interface PutSecrets {
  readonly put: readonly string[];
  readonly kept: readonly string[];
}

/**
 * Puts secrets from a store into the namespace of an environment, those that are not there yet: a key that is there is never written
 * over, nor read. The namespace is made where the environment makes its own.
 */
export async function putSecrets(
  cluster: KubernetesCluster,
  stack: KubernetesStack,
  environment: Environment,
  store: Pick<SecretStore, 'read'>,
  plan: SecretPlan,
  certificates: boolean,
): Promise<PutSecrets> {
  const wanted = secretFilesOf(plan, stack, environment, certificates);
  if (wanted.length === 0) return { put: [], kept: [] };
  await makeNamespace(cluster, stack);
  const there = await cluster.secretKeys(stack.namespace);
  const result = { put: [] as string[], kept: [] as string[] };
  for (const { name, type, files } of wanted) {
    const known = there.get(name);
    const missing = [...files].filter(([key]) => known?.includes(key) !== true);
    // A certificate is of one piece: half of another one would fit nothing.
    const all = type === 'kubernetes.io/tls' && known !== undefined ? [] : missing;
    for (const [key] of files) (all.some(([each]) => each === key) ? result.put : result.kept).push(`${name}/${key}`);
    if (all.length === 0) continue;
    const data = Object.fromEntries(all.map(([key, file]) => [key, contentOf(store, file)]));
    if (known !== undefined) await cluster.addSecretKeys(stack.namespace, name, data);
    else await cluster.create(secretOf(stack, name, type, data));
  }
  return result;
}

function secretOf(
  stack: KubernetesStack,
  name: string,
  type: SecretFiles['type'],
  data: Readonly<Record<string, string>>,
): KubernetesObject {
  const labels = { ...ownLabels(stack), 'app.kubernetes.io/instance': stack.name };
  const secret = { ...kinds.secret, metadata: { name, namespace: stack.namespace, labels }, type, data };
  return secret;
}

async function makeNamespace(cluster: KubernetesCluster, stack: KubernetesStack): Promise<void> {
  const live = await findNamespace(cluster, stack.namespace);
  if (live !== undefined) return;
  const declared = stack.objects.filter(({ kind }) => kind === kinds.namespace.kind);
  if (declared.length === 0)
    fail('kubernetes/no-namespace', `there is no namespace ${stack.namespace}; make it, or set platform.kubernetes.createNamespace: true`);
  await cluster.apply(madeHere(declared, undefined), { takeOver: false, dryRun: false });
}

function contentOf(store: Pick<SecretStore, 'read'>, file: string): string {
  const content = store.read(file);
  return content === undefined ? fail('kubernetes/secret-missing', `no file ${file}`) : Buffer.from(content).toString('base64');
}
