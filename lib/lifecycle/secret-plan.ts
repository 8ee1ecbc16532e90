import { backupPrincipal, brokerPrincipal, convergencePrincipal, type Environment, secretsOf, usesTls } from '../model';
import { type Addressing, type CertificateOwner, processesOf } from '../runtime';

/** A password that has to be there. */
export interface PlannedPassword {
  /** Of the file below the secrets directory. */
  readonly file: string;
  readonly description: string;
  readonly length: number;
}

/** A certificate that has to be there, with its stores. */
export interface PlannedCertificate {
  /** Below the secrets directory. */
  readonly directory: string;
  readonly commonName: string;
  /** Names and addresses by which its holder is reached; empty: a client's. */
  readonly hosts: readonly string[];
}

/** Every file that the environment's containers and clients read as a secret. */
export interface SecretPlan {
  readonly passwords: readonly PlannedPassword[];
  readonly certificates: readonly PlannedCertificate[];
}

/** Where the authority's certificate is, PEM. */
export const authorityCertificate = 'certificates/ca.crt';
/** Where the authority's key is; nothing ever mounts it. */
export const authorityKey = 'certificates/ca.key';

const lengths = { standard: 12, strong: 24 } as const;

/** Where the stores of an account are that logs in with a certificate. */
export function accountDirectory(account: string): string {
  return `certificates/accounts/${account.replace(/[^A-Za-z0-9._-]/g, '-')}`;
}

/** What secrets an environment on Docker needs. Passwords are as long as the policy of their account says, or the longer policy. */
export function secretPlan(environment: Environment, addressing: Addressing): SecretPlan {
  const sources = processesOf(environment, addressing).flatMap(({ secretFiles, secretEnv }) => [
    ...secretFiles.map(({ source }) => source),
    ...Object.values(secretEnv).map((secret) => ({ kind: 'secret', secret }) as const),
  ]);
  const described = new Map(secretsOf(environment).map(({ name, description }) => [name, description]));
  for (const source of sources)
    if (source.kind === 'secret' && !described.has(source.secret)) described.set(source.secret, 'read by a program beside Kafka');
  const owners = new Set(sources.flatMap((source) => (source.kind === 'certificate' ? [source.owner] : [])));
  return {
    passwords: [...described]
      .sort(([a], [b]) => (a < b ? -1 : 1))
      .map(([file, description]) => ({ file, description, length: lengthOf(environment, file) })),
    certificates: usesTls(environment)
      ? [...ownersCertificates(environment, addressing, owners), ...accountsCertificates(environment)]
      : [],
  };
}

function lengthOf(environment: Environment, secret: string): number {
  const account = Object.entries(environment.serviceAccounts).find(([name, each]) => (each.secret ?? `${name}-password`) === secret);
  return lengths[account?.[1].passwordPolicy ?? 'strong'];
}

function ownersCertificates(environment: Environment, addressing: Addressing, owners: ReadonlySet<CertificateOwner>): PlannedCertificate[] {
  const { name, nodes, listeners, metadata } = environment;
  const itself = ['localhost', '127.0.0.1'];
  const kafka = nodes.flatMap(({ id }) => [
    addressing.kafkaHost(id),
    ...(addressing.kafkaAliases?.(id) ?? []),
    ...listeners.map((listener) => addressing.advertised(listener, id).host),
  ]);
  const servers = metadata.mode === 'zookeeper' ? metadata.nodes : [];
  const zookeeper = servers.flatMap(({ id }) => [addressing.zookeeperHost(id), ...(addressing.zookeeperAliases?.(id) ?? [])]);
  const known: Readonly<Record<CertificateOwner, Omit<PlannedCertificate, 'directory'>>> = {
    broker: { commonName: brokerPrincipal(name), hosts: namesOf([...kafka, ...itself]) },
    zookeeper: { commonName: `${name.toLowerCase()}-zookeeper`, hosts: namesOf([...zookeeper, ...itself]) },
    client: { commonName: `${name.toLowerCase()}-client`, hosts: [] },
    convergence: { commonName: convergencePrincipal(name), hosts: [] },
    backup: { commonName: backupPrincipal(name), hosts: [] },
  };
  // Whoever administers the cluster has a certificate too, whatever its containers need.
  return [...new Set<CertificateOwner>([...owners, 'convergence', 'client'])]
    .sort()
    .map((owner) => ({ directory: `certificates/${owner}`, ...known[owner] }));
}

/** Each name once, and of a long one the first part too, by which it is found where the rest is a search domain. */
function namesOf(hosts: readonly string[]): readonly string[] {
  const short = hosts.filter((host) => !/^[\d.]+$/.test(host)).map((host) => host.split('.')[0] ?? host);
  return [...new Set([...hosts, ...short])].sort();
}

function accountsCertificates({ serviceAccounts }: Environment): PlannedCertificate[] {
  return Object.entries(serviceAccounts).flatMap(([account, { authentication }]) =>
    authentication === 'mtls' ? [{ directory: accountDirectory(account), commonName: account, hosts: [] }] : [],
  );
}
