import { describe, it } from '@jest/globals';
import type { Host } from './host';
import { thisHost } from './host';

/** A real thing outside Node that some suite runs against. */
export interface Part {
  /** The suites that use it, by their npm scripts. */
  readonly suites: readonly string[];
  /** One line for whoever has to provide it. */
  readonly provide: string;
  /** What is missing, or `undefined` when the part is there. */
  readonly lacks: (host: Host) => string | undefined;
}

const lacksCommands =
  (...commands: readonly string[]) =>
  (host: Host): string | undefined => {
    const missing = commands.filter((command) => !host.has(command));
    return missing.length === 0 ? undefined : `not on the PATH: ${missing.join(', ')}`;
  };

const lacksAnswer =
  (need: string, command: string, ...args: readonly string[]) =>
  (host: Host): string | undefined => {
    if (!host.has(command)) return `not on the PATH: ${command}`;
    return host.succeeds(command, args) ? undefined : `${need}: "${[command, ...args].join(' ')}" fails`;
  };

const lacksKubernetes = (need: string, ...args: readonly string[]) => {
  const lacks = lacksAnswer(need, 'kubectl', ...args);
  return (host: Host): string | undefined => ((host.env.KUBECONFIG ?? '') === '' ? 'KUBECONFIG is not set' : lacks(host));
};

const kafka = (version: string): Part => ({
  suites: ['test:integration'],
  provide: `install Maven and a JDK of 17 or newer; the jars of Kafka ${version} are then fetched once into the cache folder`,
  lacks: lacksCommands('mvn', 'java'),
});

/** Every real part that the suites use. CI must have them all. */
export const PARTS = {
  maven: { suites: ['test:integration'], provide: 'install Maven (mvn)', lacks: lacksCommands('mvn') },
  java: {
    suites: ['test:integration'],
    provide: 'install a JDK of 17 or newer (java, javac, jar, keytool)',
    lacks: lacksCommands('java', 'javac', 'jar', 'keytool'),
  },
  openssl: { suites: ['test:integration'], provide: 'install OpenSSL 3', lacks: lacksCommands('openssl') },
  busybox: { suites: ['test:integration'], provide: 'install busybox (Debian: busybox-static)', lacks: lacksCommands('busybox') },
  'kafka-3.9.2': kafka('3.9.2'),
  'kafka-4.3.1': kafka('4.3.1'),
  kubectl: { suites: ['test:api-server', 'test:e2e:kubernetes'], provide: 'install kubectl', lacks: lacksCommands('kubectl') },
  'kube-apiserver': {
    suites: ['test:api-server'],
    provide: 'export KUBECONFIG of a test server that may be filled with namespaces and CustomResourceDefinitions',
    lacks: lacksKubernetes('no API server answers', 'get', '--raw', '/readyz', '--request-timeout=5s'),
  },
  'kubernetes-node': {
    suites: ['test:e2e:kubernetes'],
    provide: 'export KUBECONFIG of a test cluster with a ready node',
    lacks: lacksKubernetes('no node is ready', 'wait', '--for=condition=Ready', 'node', '--all', '--timeout=5s'),
  },
  'kubernetes-definitions': {
    suites: ['test:e2e:kubernetes'],
    provide: 'install the CustomResourceDefinitions of cert-manager and of the Prometheus operator on the test cluster',
    lacks: lacksKubernetes(
      'a definition is not there',
      'get',
      'crd',
      'certificates.cert-manager.io',
      'issuers.cert-manager.io',
      'podmonitors.monitoring.coreos.com',
      'prometheusrules.monitoring.coreos.com',
    ),
  },
  kubeconform: {
    suites: ['test:api-server'],
    provide: 'install kubeconform and export KUBECONFORM_SCHEMAS, a folder of strict schemas (GROUP/KIND_VERSION.json)',
    lacks: (host) => ((host.env.KUBECONFORM_SCHEMAS ?? '') === '' ? 'KUBECONFORM_SCHEMAS is not set' : lacksCommands('kubeconform')(host)),
  },
  'kube-score': { suites: ['test:api-server'], provide: 'install kube-score', lacks: lacksCommands('kube-score') },
  promtool: {
    suites: ['test:integration', 'test:api-server'],
    provide: 'install promtool (Debian: prometheus)',
    lacks: lacksCommands('promtool'),
  },
  'docker-provider-schema': {
    suites: ['test'],
    provide: 'export DOCKER_PROVIDER_SCHEMA, a file with what "terraform providers schema -json" prints',
    lacks: (host) => ((host.env.DOCKER_PROVIDER_SCHEMA ?? '') === '' ? 'DOCKER_PROVIDER_SCHEMA is not set' : undefined),
  },
  docker: {
    suites: ['test:e2e:docker'],
    provide: 'install and start a Docker Engine',
    lacks: lacksAnswer('no Docker Engine answers', 'docker', 'info'),
  },
  'docker-images': {
    suites: ['test:e2e:docker'],
    provide: 'pull apache/kafka:3.9.2 and apache/kafka:4.3.1, and build kafkon/tools:0.1.0 (images/tools)',
    lacks: lacksAnswer(
      'an image is not there',
      'docker',
      'image',
      'inspect',
      'apache/kafka:3.9.2',
      'apache/kafka:4.3.1',
      'kafkon/tools:0.1.0',
    ),
  },
} as const satisfies Record<string, Part>;

/** The name of a real part. */
export type PartName = keyof typeof PARTS;

/** Whether a part is there, and if not, what is missing. */
export type Presence = { readonly present: true } | { readonly present: false; readonly why: string };

/** Looks for one part on a machine; nothing is installed or started by looking. @default host - this machine */
export function part(name: PartName, host: Host = thisHost): Presence {
  const why = PARTS[name].lacks(host);
  return why === undefined ? { present: true } : { present: false, why };
}

/** One line for each part that is not there: its name, what is missing, and how to provide it. */
export function missingParts(names: readonly PartName[], host: Host = thisHost): readonly string[] {
  return names.flatMap((name) => {
    const found = part(name, host);
    return found.present ? [] : [`${name} (${found.why}); to provide it: ${PARTS[name].provide}`];
  });
}

/** The little of Jest that a suite is registered with, and where its warning goes. */
export interface Registrar {
  readonly describe: (title: string, suite: () => void) => void;
  readonly skip: (title: string, suite: () => void) => void;
  readonly it: (title: string, test: () => void) => void;
  readonly warn: (line: string) => void;
}

const jestRegistrar: Registrar = {
  describe: (title, suite) => describe(title, suite),
  // The one place that may skip: a machine without the real part, outside CI, and said aloud.
  skip: (title, suite) => describe.skip(title, suite),
  it: (title, test) => it(title, test),
  warn: (line) => {
    process.stderr.write(`${line}\n`);
  },
};

/**
 * Registers a suite that needs real parts. With all of them there it runs. With one missing it fails under `CI=true`,
 * and is skipped with one line on stderr elsewhere.
 * @default host - this machine
 * @default registrar - Jest
 */
export function describeWith(
  parts: readonly PartName[],
  title: string,
  suite: () => void,
  host: Host = thisHost,
  registrar: Registrar = jestRegistrar,
): void {
  const missing = missingParts(parts, host);
  if (missing.length === 0) {
    registrar.describe(title, suite);
    return;
  }
  if (host.env.CI === 'true') {
    registrar.describe(title, () =>
      registrar.it('has the real parts it needs', () => {
        throw new Error(`missing parts, which CI must have:\n- ${missing.join('\n- ')}`);
      }),
    );
    return;
  }
  registrar.warn(`SKIPPED "${title}": missing ${missing.join('; missing ')}`);
  registrar.skip(title, suite);
}
