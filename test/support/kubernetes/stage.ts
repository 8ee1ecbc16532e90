import { cpSync, readdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { afterAll, beforeAll } from '@jest/globals';
import { parse, stringify } from 'yaml';
import { environmentLoader, nodeFileSystem } from '../../../lib/environment';
import { password } from '../../../lib/lifecycle';
import { type Environment, kubernetesSecret, secretsOf } from '../../../lib/model';
import { kafkonIn, type Run } from '../docker/kafkon';
import { waitFor } from '../kafka/wait-for';
import { temporaryFolders } from '../temporary-folder';
import { type CertificateObject, TestIssuer } from './issuer';
import { Namespace, removeOwnNamespaces } from './namespace';
import { isReady, type Job, type Pod } from './objects';
import { type Json, overlay } from './overlay';
import { step } from './steps';

/** How long a cluster may take to start on a busy machine, in milliseconds. */
const startDeadlineMs = 360_000;

/** The Secrets of an environment that somebody has to bring: passwords and certificates. */
interface Secrets {
  /** By logical name. */
  readonly passwords: ReadonlyMap<string, string>;
  readonly issuer: TestIssuer;
}

/** An environment on the test cluster. */
export class Stage {
  readonly namespace: Namespace;

  constructor(
    readonly name: string,
    readonly folder: string,
    private readonly secrets: Secrets,
    private readonly storageClass: string,
  ) {
    this.namespace = new Namespace(`e2e-${name}`);
  }

  get environment(): Environment {
    const { environment, problems } = environmentLoader(nodeFileSystem(this.folder)).load(this.name);
    if (environment === undefined) throw new Error(problems.map(({ message }) => message).join('\n'));
    return environment;
  }

  get issuer(): TestIssuer {
    return this.secrets.issuer;
  }

  /** The value of a logical secret. */
  secret(name: string): string {
    const value = this.secrets.passwords.get(name);
    if (value === undefined) throw new Error(`the environment has no secret ${name}`);
    return value;
  }

  /** The command line in the stage's folder. Fails with all that was printed when the exit code is not 0. */
  async kafkon(...words: readonly string[]): Promise<Run> {
    const run = await kafkonIn(this.folder)(...words);
    if (run.code !== 0) throw new Error(`kafkon ${words.join(' ')}: exit code ${run.code}\n${run.err}${run.out}`);
    return run;
  }

  /** Changes the environment's file. */
  edit(change: (text: string) => string): void {
    const file = join(this.folder, 'environments', `${this.name}.yaml`);
    const [before, after] = [readFileSync(file, 'utf8'), change(readFileSync(file, 'utf8'))];
    if (before === after) throw new Error('the edit changes nothing');
    writeFileSync(file, after);
  }

  /** What `kafkon synth` writes, with the overlay of the test cluster. */
  async manifests(): Promise<readonly Json[]> {
    await this.kafkon('synth', '--platform', 'kubernetes', this.name);
    const folder = join(this.folder, 'dist', 'kubernetes', this.name);
    const files = readdirSync(folder).filter((file) => file !== 'kustomization.yaml');
    return files
      .sort()
      .map((file) => overlay(parse(readFileSync(join(folder, file), 'utf8')) as Json, { storageClass: this.storageClass }));
  }

  /** Applies the manifests, as `kubectl apply` does, after the Secrets that they expect. */
  async apply(): Promise<void> {
    const manifests = await this.manifests();
    const [namespaces, others] = [true, false].map((is) => manifests.filter((each) => (kindOf(each) === 'Namespace') === is));
    await this.send(namespaces ?? []);
    await this.namespace.own();
    await this.send(await this.secretObjects(manifests));
    await this.send(others ?? []);
  }

  /** Sends objects to the API server as they are. */
  async send(objects: readonly unknown[]): Promise<void> {
    if (objects.length === 0) return;
    const words = ['apply', '--server-side', '--force-conflicts', '--validate=strict', '-f', '-'];
    await this.namespace.kubectl(words, objects.map((each) => `---\n${stringify(each)}`).join(''));
  }

  /** Waits until every pod of a workload with an id is ready. */
  async ready(): Promise<readonly Pod[]> {
    const { nodes, metadata } = this.environment;
    const expected = nodes.length + (metadata.mode === 'zookeeper' ? metadata.nodes.length : 0);
    let report = '';
    const all = async () => {
      const pods = await this.namespace.pods('app.kubernetes.io/name in (kafka,zookeeper)');
      return pods.length === expected && pods.every(isReady) && pods;
    };
    try {
      return await waitFor(`${expected} ready pods`, all, { deadlineMs: startDeadlineMs, everyMs: 1000, context: () => report });
    } catch (error) {
      report = await this.namespace.report();
      throw new Error(`${error instanceof Error ? error.message : String(error)}\n${report}`);
    }
  }

  /** Waits until the newest convergence Job is done, and answers what it printed. */
  async converged(): Promise<string> {
    const job = (await this.manifests()).find((each) => kindOf(each) === 'Job') as unknown as Job;
    const { name } = job.metadata;
    await waitFor(`the end of ${name}`, async () => ((await this.namespace.get<Job>('job', name)).status.succeeded ?? 0) > 0, {
      deadlineMs: startDeadlineMs,
      everyMs: 1000,
    }).catch(async (error: Error) => {
      const logs = await this.namespace.attempt(['logs', '--tail=50', '-l', `job-name=${name}`]);
      throw new Error(`${error.message}\n${logs.output}${logs.error}\n${await this.namespace.report()}`);
    });
    const pods = await this.namespace.pods(`job-name=${name}`);
    const done = pods.find(({ status }) => status.phase === 'Succeeded');
    return done === undefined ? '' : this.namespace.kubectl(['logs', done.metadata.name]);
  }

  private async secretObjects(manifests: readonly Json[]): Promise<readonly object[]> {
    const { environment } = this;
    const data = new Map<string, Record<string, string>>();
    for (const [logical, value] of this.secrets.passwords) {
      const { name, key } = kubernetesSecret(environment, logical);
      data.set(name, { ...data.get(name), [key]: value });
    }
    const certificates = manifests.filter((each) => kindOf(each) === 'Certificate') as unknown as readonly CertificateObject[];
    const there = new Set((await this.namespace.list<{ metadata: { name: string } }>('secrets')).map(({ metadata }) => metadata.name));
    const missing = certificates.filter(({ spec }) => !there.has(spec.secretName));
    return [
      ...[...data].map(([name, stringData]) => ({ apiVersion: 'v1', kind: 'Secret', metadata: { name }, stringData })),
      ...(await Promise.all(missing.map((each) => this.issuer.secretOf(each)))),
    ];
  }
}

function kindOf(object: Json): string {
  return String((object as { readonly kind: Json }).kind);
}

/** A stage for `environments/<name>.yaml` beside the suite. What an earlier run or this one leaves behind is taken away. */
export function stageOf(name: string): () => Stage {
  let stage: Stage | undefined;
  const newFolder = temporaryFolders();
  beforeAll(async () => {
    await step('what an earlier run left is away', removeOwnNamespaces);
    const folder = newFolder(`e2e-kubernetes-${name}`);
    cpSync(join(__dirname, '..', '..', 'e2e', 'kubernetes', 'environments', `${name}.yaml`), join(folder, 'environments', `${name}.yaml`));
    const { environment, problems } = environmentLoader(nodeFileSystem(folder)).load(name);
    if (environment === undefined) throw new Error(problems.map(({ message }) => message).join('\n'));
    const passwords = new Map(secretsOf(environment).map((secret) => [secret.name, password(24)]));
    const issuer = await TestIssuer.create(passwords.get('keystore-password') ?? '');
    stage = new Stage(name, folder, { passwords, issuer }, await defaultStorageClass());
  });
  afterAll(async () => {
    await step(`${name} is away, with all that was its own`, removeOwnNamespaces);
  });
  return () => {
    if (stage === undefined) throw new Error('the stage is set before the first test');
    return stage;
  };
}

async function defaultStorageClass(): Promise<string> {
  const classes = await new Namespace('default').list<{ metadata: { name: string; annotations?: Record<string, string> } }>(
    'storageclasses',
  );
  const found =
    classes.find(({ metadata }) => metadata.annotations?.['storageclass.kubernetes.io/is-default-class'] === 'true') ?? classes[0];
  if (found === undefined) throw new Error('the test cluster has no storage class');
  return found.metadata.name;
}
