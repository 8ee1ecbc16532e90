import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { orders } from '../apps/cli/rehearsal';
import { root } from '../architecture/sources';
import { type Consumer, consumer, pack } from './consumer';

const kubernetesPeers = ['cdk8s', 'cdk8s-plus-28', 'constructs'];
const dockerPeers = ['cdktf', '@cdktf/provider-docker', 'constructs'];

describe('the packed package', () => {
  let packed: ReturnType<typeof pack>;
  const consumers: Consumer[] = [];
  const project = (template: string, ...packages: string[]): Consumer => {
    const made = consumer(template, packed.file, ...packages);
    consumers.push(made);
    return made;
  };

  beforeAll(() => {
    packed = pack();
  });
  afterAll(() => {
    for (const made of consumers) made.remove();
  });

  it('holds what its exports name, and no tests', () => {
    const { exports } = JSON.parse(readFileSync(join(root, 'package.json'), 'utf8')) as {
      exports: Record<string, string | Record<string, string>>;
    };
    const named = Object.values(exports).flatMap((entry) => (typeof entry === 'string' ? [entry] : Object.values(entry)));
    expect(named.map((path) => path.replace(/^\.\//, '')).filter((path) => !packed.contents.includes(path))).toEqual([]);
    expect(packed.contents.filter((path) => /(^|\/)tests?\//.test(path))).toEqual([]);
  });

  it('serves a CommonJS project made as cdk8s makes them, with only the Kubernetes peers installed', () => {
    const project_ = project('commonjs', ...kubernetesPeers, 'typescript@5', '@types/node@20');
    project_.run('npx', 'tsc');
    project_.run('node', 'main.js');
    expect(project_.read('dist/streaming.k8s.yaml')).toContain('kind: StatefulSet');
    expect(readdirSync(join(project_.directory, 'node_modules'))).not.toContain('cdktf');
    // Two copies of the construct library would make one project's constructs strangers to the other's.
    expect(
      project_
        .run('npm', 'ls', 'constructs', '--parseable', '--all')
        .trim()
        .split('\n')
        .filter((path) => path.endsWith('/constructs')),
    ).toHaveLength(1);
  });

  it('serves a CommonJS project made as cdktf makes them, with only the Docker peers installed', () => {
    const project_ = project('terraform', ...dockerPeers, 'typescript@5', '@types/node@20');
    project_.run('npx', 'tsc');
    project_.run('node', 'main.js');
    const { resource } = JSON.parse(project_.read('cdktf.out/stacks/streaming/cdk.tf.json')) as { resource: { docker_container: object } };
    expect(Object.keys(resource.docker_container)).toEqual(expect.arrayContaining(['kafka-0', 'kafka-1', 'kafka-2', 'zookeeper-1']));
    expect(readdirSync(join(project_.directory, 'node_modules'))).not.toContain('cdk8s');
  });

  it('serves an ES module project, from an environment file', () => {
    const project_ = project('module', ...kubernetesPeers);
    project_.write('environments/orders.yaml', orders);
    const printed = JSON.parse(project_.run('node', 'main.mjs')) as { files: number; problems: number };
    expect(printed.files).toBeGreaterThan(5);
    expect(printed.problems).toBeGreaterThan(3);
  });

  it('validates, makes and shows environments without any platform installed', () => {
    const project_ = project('module');
    project_.write('environments/orders.yaml', orders);
    expect(project_.run('npx', 'kafkon', 'validate')).toContain('orders is valid');
    project_.run('npx', 'kafkon', 'init', 'billing/production', '--template', 'production');
    expect(project_.run('npx', 'kafkon', 'validate')).toContain('2 environments are valid');
    for (const shell of ['bash', 'zsh', 'fish']) expect(project_.run('npx', 'kafkon', 'completion', shell)).toContain('kafkon');
    expect(project_.run('npx', 'kafkon', 'complete', '--', 'show', '')).toContain('billing/production');
    expect(project_.run('npx', 'kafkon', 'show', 'orders', 'topics')).toContain('environments/orders.yaml:');
  });
});
