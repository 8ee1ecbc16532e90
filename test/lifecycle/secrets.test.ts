import { createPrivateKey, X509Certificate } from 'node:crypto';
import { beforeAll, describe, expect, it } from '@jest/globals';
import {
  accountDirectory,
  certificateProblems,
  makeSecrets,
  outgrownCertificates,
  password,
  type SecretStore,
  secretPlan,
} from '../../lib/lifecycle';
import { createAuthority, issue, pem } from '../../lib/lifecycle/certificate-authority';
import { onDocker, smallCluster } from '../support/docker/small-cluster';

const now = new Date('2026-11-21T12:00:00Z');

function memoryStore(
  files = new Map<string, Uint8Array>(),
): SecretStore & { readonly files: Map<string, Uint8Array>; readonly private: string[] } {
  const ownersOnly: string[] = [];
  return {
    files,
    private: ownersOnly,
    read: (path) => files.get(path),
    create: (path, content, reader) => {
      if (files.has(path)) return false;
      files.set(path, typeof content === 'string' ? Buffer.from(content) : content);
      if (reader === 'owner') ownersOnly.push(path);
      return true;
    },
    replace: (path, content) => void files.set(path, typeof content === 'string' ? Buffer.from(content) : content),
  };
}

const secured = onDocker({
  ...smallCluster,
  listeners: [
    { name: 'INTERNAL', port: 29_092, security: 'scram' },
    { name: 'EXTERNAL', port: 9092, security: 'scram', scope: 'external' },
  ],
  metadata: { ...(smallCluster.metadata as object), mode: 'zookeeper', security: 'mtls' } as never,
  serviceAccounts: {
    shop: { passwordPolicy: 'standard' },
    billing: { passwordPolicy: 'strong', secret: 'billing-login' },
    operator: { authentication: 'mtls' },
    'kafka-ui': {},
  },
  platform: { docker: { listeners: { EXTERNAL: { host: '192.0.2.10', basePort: 9091 } } } },
});
const plan = secretPlan(secured.environment, secured.addressing);

// Stores are slow to open by intent, and so to make: all of these tests begin with the same ones.
let whole: ReadonlyMap<string, Uint8Array> = new Map();
let privateFiles: readonly string[] = [];
const wholeStore = () => memoryStore(new Map(whole));
beforeAll(async () => {
  const store = memoryStore();
  await makeSecrets(plan, store, 'orders', now);
  whole = store.files;
  privateFiles = store.private;
}, 60_000);

describe('what secrets an environment needs', () => {
  it('are passwords as long as the policy of their account says', () => {
    const lengths = Object.fromEntries(plan.passwords.map(({ file, length }) => [file, length]));
    expect(lengths).toEqual({ 'billing-login': 24, 'kafka-ui-password': 24, 'keystore-password': 24, 'shop-password': 12 });
  });

  it('are certificates for every holder, with each name it is reached by', () => {
    expect(Object.fromEntries(plan.certificates.map(({ directory, commonName }) => [directory, commonName]))).toEqual({
      'certificates/broker': 'orders-broker',
      'certificates/client': 'orders-client',
      'certificates/convergence': 'orders-kafkon',
      'certificates/zookeeper': 'orders-zookeeper',
      [accountDirectory('operator')]: 'operator',
    });
    expect(plan.certificates.find(({ commonName }) => commonName === 'orders-broker')?.hosts).toEqual([
      '127.0.0.1',
      '192.0.2.10',
      'kafka-1',
      'kafka-2',
      'kafka-3',
      'localhost',
    ]);
  });

  it('name a node by its container too, and by the first part of a long name', () => {
    const { docker } = secured.environment.platform;
    const { environment, addressing } = onDocker({
      ...smallCluster,
      listeners: [{ name: 'EXTERNAL', port: 9092, security: 'mtls', scope: 'external' }],
      platform: {
        docker: {
          ...docker,
          containers: { ...docker.containers, kafka: 'tda_kafka_{id}' },
          hostnames: { kafka: 'broker-{id}.example.org', zookeeper: 'zookeeper-{id}' },
          listeners: { EXTERNAL: { host: 'kafka.example.org', basePort: 9091 } },
        },
      } as never,
    });
    const broker = secretPlan(environment, addressing).certificates.find(({ directory }) => directory === 'certificates/broker');
    expect(broker?.hosts).toEqual(
      expect.arrayContaining(['broker-1', 'broker-1.example.org', 'kafka', 'kafka.example.org', 'tda_kafka_1', 'localhost']),
    );
  });

  it('are every file that a container mounts', () => {
    const store = wholeStore();
    const mounted = secured.stack.containers.flatMap(({ secretFiles }) => secretFiles).map((path) => path.replace(/^.*\/secrets\//, ''));
    expect(mounted.length).toBeGreaterThan(0);
    for (const path of mounted) expect([...store.files.keys()]).toContain(path);
  });

  it('are none where nothing is secured', () => {
    const open = onDocker();
    expect(secretPlan(open.environment, open.addressing)).toEqual({ passwords: [], certificates: [] });
  });
});

describe('making secrets', () => {
  it('signs every certificate with one authority, for servers and clients, within its days', () => {
    const store = wholeStore();
    const authority = new X509Certificate(Buffer.from(store.files.get('certificates/ca.crt') ?? ''));
    const broker = new X509Certificate(Buffer.from(store.files.get('certificates/broker/tls.crt') ?? ''));
    expect(authority.ca).toBe(true);
    expect(authority.verify(authority.publicKey)).toBe(true);
    expect(broker.verify(authority.publicKey)).toBe(true);
    expect(broker.checkIssued(authority)).toBe(true);
    expect(broker.subject).toBe('CN=orders-broker');
    expect(broker.subjectAltName).toBe('IP Address:127.0.0.1, IP Address:192.0.2.10, DNS:kafka-1, DNS:kafka-2, DNS:kafka-3, DNS:localhost');
    expect(new Date(broker.validTo).getTime()).toBe(now.getTime() + 825 * 86_400_000);
    expect(privateFiles).toEqual(['certificates/ca.key']);
  });

  it('writes over nothing, and completes what is missing with the same authority', async () => {
    const store = wholeStore();
    const before = new Map(store.files);
    for (const path of [...store.files.keys()]) if (path.startsWith('certificates/client/')) store.files.delete(path);
    const { made, kept } = await makeSecrets(plan, store, 'orders', now);
    expect(made).toEqual(['certificates/client']);
    expect(kept).toHaveLength(9);
    for (const [path, content] of before) if (!path.startsWith('certificates/client/')) expect(store.files.get(path)).toBe(content);
    const again = new X509Certificate(Buffer.from(store.files.get('certificates/client/tls.crt') ?? ''));
    expect(again.verify(new X509Certificate(Buffer.from(before.get('certificates/ca.crt') ?? '')).publicKey)).toBe(true);
  });

  it('makes a certificate anew that lacks names of its holder, with the same authority, and says which', async () => {
    const store = wholeStore();
    const before = new Map(store.files);
    const certificates = plan.certificates.map((each) =>
      each.directory === 'certificates/broker' ? { ...each, hosts: [...each.hosts, 'kafka-4'] } : each,
    );
    const grown = { ...plan, certificates };
    expect(outgrownCertificates(grown, store)).toEqual([{ directory: 'certificates/broker', names: ['kafka-4'] }]);
    const { kept, ...others } = await makeSecrets(grown, store, 'orders', now);
    expect(others).toEqual({ made: [], renewed: [{ directory: 'certificates/broker', names: ['kafka-4'] }], problems: [] });
    expect(kept).not.toContain('certificates/broker');
    const changed = [...store.files].filter(([path, content]) => before.get(path) !== content).map(([path]) => path);
    expect(changed.every((path) => path.startsWith('certificates/broker/'))).toBe(true);
    expect(changed).toContain('certificates/broker/keystore.p12');
    const broker = new X509Certificate(Buffer.from(store.files.get('certificates/broker/tls.crt') ?? ''));
    expect(broker.verify(new X509Certificate(Buffer.from(before.get('certificates/ca.crt') ?? '')).publicKey)).toBe(true);
    expect(broker.checkHost('kafka-4')).toBe('kafka-4');
    expect(broker.checkPrivateKey(createPrivateKey(Buffer.from(store.files.get('certificates/broker/tls.key') ?? '')))).toBe(true);
    expect((await makeSecrets(grown, store, 'orders', now)).renewed).toEqual([]);
  });

  it('leaves a certificate alone that somebody else has signed, and says what it lacks', async () => {
    const store = wholeStore();
    const authority = await createAuthority({ commonName: 'somebody else', days: 9, now });
    const { certificate } = await issue(authority, { commonName: 'orders-broker', hosts: ['127.0.0.1'], days: 9, now });
    const foreign = Buffer.from(pem('CERTIFICATE', certificate));
    store.replace('certificates/broker/tls.crt', foreign, 'containers');
    const { renewed, problems } = await makeSecrets(plan, store, 'orders', now);
    expect(renewed).toEqual([]);
    expect(certificateProblems(plan, store, 'orders/production')).toMatchObject([
      { severity: 'warning', message: expect.stringContaining('by which its holder is reached; kafkon secrets orders/production init') },
    ]);
    expect(problems).toMatchObject([
      { code: 'docker/certificate-names', message: expect.stringContaining('does not name 192.0.2.10, kafka-1') },
    ]);
    expect(store.files.get('certificates/broker/tls.crt')).toBe(foreign);
  });

  it('looks into no stores: where they alone are there, they stay', async () => {
    const store = wholeStore();
    store.files.delete('certificates/broker/tls.crt');
    expect(await makeSecrets(plan, store, 'orders', now)).toMatchObject({ made: [], renewed: [], problems: [] });
  });

  it('refuses to sign where the key of the authority is not there', async () => {
    const store = memoryStore();
    store.create('certificates/ca.crt', 'somebody else', 'containers');
    await expect(makeSecrets(plan, store, 'orders', now)).rejects.toThrow('nothing can be signed');
  });

  it('makes stores that are encrypted', () => {
    const store = wholeStore();
    for (const [path, content] of store.files)
      if (path.endsWith('.p12')) expect(Buffer.from(content).includes('orders-broker')).toBe(false);
  });
});

describe('a password', () => {
  it('has letters and digits alone, as many as asked for, and no two are alike', () => {
    const many = Array.from({ length: 200 }, () => password(24));
    for (const each of many) expect(each).toMatch(/^[A-HJ-NP-Za-km-z2-9]{24}$/);
    expect(new Set(many).size).toBe(200);
  });
});
