import { App, Chart, Testing } from 'cdk8s';
import { type Environment, type EnvironmentInput, parseEnvironment } from '../../lib/model';

/** Any manifest, as it would be written. */
export interface Manifest {
  readonly apiVersion: string;
  readonly kind: string;
  readonly metadata: {
    readonly name: string;
    readonly namespace?: string;
    readonly labels?: Record<string, string>;
    readonly annotations?: Record<string, string>;
  };
  // Manifests of every kind are looked into by name; their shapes are the API server's to judge.
  readonly spec: unknown;
  readonly data: Record<string, string>;
  readonly [key: string]: unknown;
}

/** What stands in a manifest at a path; undefined where there is nothing. */
export function at(value: unknown, ...path: readonly (string | number)[]): unknown {
  return path.reduce<unknown>((part, step) => (typeof part === 'object' && part !== null ? Reflect.get(part, step) : undefined), value);
}

/** The elements of a list in a manifest, or none. */
export function items(value: unknown, ...path: readonly (string | number)[]): readonly unknown[] {
  const list = at(value, ...path);
  return Array.isArray(list) ? list : [];
}

export function app(): App {
  return new App();
}

export function chart(props: { namespace?: string; labels?: Record<string, string> } = {}): Chart {
  return new Chart(new App(), 'chart', props);
}

export function synth(target: Chart): readonly Manifest[] {
  return Testing.synth(target) as readonly Manifest[];
}

export function ofKind(manifests: readonly Manifest[], kind: string): readonly Manifest[] {
  return manifests.filter((manifest) => manifest.kind === kind);
}

export function named(manifests: readonly Manifest[], kind: string, name: string): Manifest {
  const found = manifests.find((manifest) => manifest.kind === kind && manifest.metadata.name === name);
  if (found === undefined) {
    throw new Error(`no ${kind} ${name} among ${manifests.map((manifest) => `${manifest.kind} ${manifest.metadata.name}`).join(', ')}`);
  }
  return found;
}

/** The environment a value describes; a test that gets none has described a wrong one. */
export function environmentOf(input: EnvironmentInput): Environment {
  const { environment, problems } = parseEnvironment(input);
  if (environment === undefined) throw new Error(problems.map((problem) => `${problem.path.join('.')}: ${problem.message}`).join('\n'));
  return environment;
}

/** Three brokers on three ZooKeeper servers, for production. */
export const production: EnvironmentInput = {
  name: 'Orders',
  kind: 'production',
  tags: { team: 'payments', 'cost centre': '42 / EU west' },
  kafka: { version: '3.9.2' },
  metadata: {
    mode: 'zookeeper',
    security: 'mtls',
    ensemble: { ids: [1, 2, 3], memory: '4Gi', disks: [{ name: 'data', size: '100Gi' }] },
  },
  nodePools: [{ name: 'brokers', ids: [0, 1, 2], memory: '16Gi', disks: [{ name: 'data', size: '500Gi' }] }],
  listeners: [
    { name: 'INTERNAL', port: 9092, security: 'scram' },
    { name: 'EXTERNAL', port: 9094, security: 'scram', scope: 'external', allowFrom: ['10.0.0.0/8'] },
  ],
  authorization: 'acl',
  platform: {
    kubernetes: { listeners: { EXTERNAL: { bootstrapHost: 'kafka.example.com', brokerHost: 'kafka-{id}.example.com' } } },
  },
};

/** The errors that synthesis reports, each as `[path] message`. */
export function errorsOf(target: Chart): readonly string[] {
  try {
    synth(target);
  } catch (error) {
    const lines = error instanceof Error ? error.message.split('\n') : [];
    return lines.map((line) => line.trim()).filter((line) => line.startsWith('['));
  }
  return [];
}
