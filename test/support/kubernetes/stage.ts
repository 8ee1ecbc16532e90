import { cpSync, readdirSync, readFileSync, writeFileSync } from 'node:fs';
import { basename, join } from 'node:path';
import { parse, stringify } from 'yaml';
import { environmentLoader, nodeFileSystem } from '../../../lib/environment';
import { type KubernetesCluster, password } from '../../../lib/lifecycle';
import { type Environment, kubernetesSecret, secretsOf } from '../../../lib/model';
import { kafkonIn, type Run } from '../docker/kafkon';
import { waitFor } from '../kafka/wait-for';
import { type CertificateObject, issuedFor, namesOf, TestIssuer } from './issuer';
import { Namespace } from './namespace';
import { type Item, isReady, type Job, type Pod } from './objects';
import { type Json, overlay } from './overlay';

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

  /** The environment's file. */
  get file(): string {
    return join(this.folder, 'environments', `${this.name}.yaml`);
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

  /** The command line in the stage's folder, whatever the exit code is. */
  attempt(...words: readonly string[]): Promise<Run> {
    const overlaid = (cluster: KubernetesCluster): KubernetesCluster => ({
      ...cluster,
      apply: (objects, options) =>
        cluster.apply(
          objects.map((each) => this.fitted(each)),
          options,
        ),
    });
    return kafkonIn(this.folder, undefined, undefined, overlaid)(...words);
  }

  /** The same. Fails with all that was printed when the exit code is not 0. */
  async kafkon(...words: readonly string[]): Promise<Run> {
    const run = await this.attempt(...words);
    if (run.code !== 0) throw new Error(`kafkon ${words.join(' ')}: exit code ${run.code}\n${run.err}${run.out}`);
    return run;
  }

  /** Changes the environment's file. */
  edit(change: (text: string) => string): void {
    const { file } = this;
    const before = readFileSync(file, 'utf8');
    const after = change(before);
    if (before === after) throw new Error('the edit changes nothing');
    writeFileSync(file, after);
  }

  private fitted<Value>(manifest: Value): Value {
    return overlay(manifest as Json, { storageClass: this.storageClass }) as Value;
  }

  /** What `kafkon synth` writes, with the overlay of the test cluster. */
  async manifests(): Promise<readonly Item[]> {
    await this.kafkon('synth', '--platform', 'kubernetes', this.name);
    const folder = join(this.folder, 'dist', 'kubernetes', this.name);
    const files = readdirSync(folder).filter((file) => file !== 'kustomization.yaml');
    return files.sort().map((file) => this.fitted(parse(readFileSync(join(folder, file), 'utf8')) as Item));
  }

  /** The namespace with the Secrets that somebody has to bring, before the environment comes. */
  async secretsThere(): Promise<readonly Item[]> {
    const manifests = await this.manifests();
    await this.send(manifests.filter((each) => each.kind === 'Namespace'));
    await this.namespace.own();
    await this.send(await this.secretObjects(manifests));
    return manifests;
  }

  /** Applies the manifests, as `kubectl apply` does, after the Secrets that they expect; `choose` picks some of them. */
  async apply(choose: (manifest: Item) => boolean = () => true): Promise<void> {
    const manifests = await this.secretsThere();
    await this.send(manifests.filter(choose));
  }

  /** Sends objects to the API server as they are. */
  async send(objects: readonly unknown[]): Promise<void> {
    if (objects.length === 0) return;
    const words = ['apply', '--server-side', '--field-manager=kafkon', '--force-conflicts', '--validate=strict', '-f', '-'];
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
    const job = (await this.manifests()).find((each) => each.kind === 'Job');
    return this.done(job?.metadata.name ?? '');
  }

  /** Waits until a Job is done, and answers what it printed. */
  async done(job: string): Promise<string> {
    const { namespace } = this;
    await waitFor(`the end of ${job}`, async () => ((await namespace.get<Job>('job', job)).status.succeeded ?? 0) > 0, {
      deadlineMs: startDeadlineMs,
      everyMs: 1000,
    }).catch(async (error: Error) => {
      const logs = await namespace.attempt(['logs', '--tail=50', '-l', `job-name=${job}`]);
      throw new Error(`${error.message}\n${logs.output}${logs.error}\n${await namespace.report()}`);
    });
    const done = (await namespace.pods(`job-name=${job}`)).find(({ status }) => status.phase === 'Succeeded');
    return done === undefined ? '' : namespace.kubectl(['logs', done.metadata.name]);
  }

  private async secretObjects(manifests: readonly Item[]): Promise<readonly object[]> {
    const { environment } = this;
    const data = new Map<string, Record<string, string>>();
    for (const [logical, value] of this.secrets.passwords) {
      const { name, key } = kubernetesSecret(environment, logical);
      data.set(name, { ...data.get(name), [key]: value });
    }
    const certificates = manifests.filter((each) => each.kind === 'Certificate') as unknown as readonly CertificateObject[];
    const there = new Map(
      (await this.namespace.list<Item>('secrets')).map(({ metadata }) => [metadata.name, metadata.annotations?.[issuedFor]]),
    );
    const missing = certificates.filter((each) => there.get(each.spec.secretName) !== namesOf(each));
    return [
      ...[...data].map(([name, stringData]) => ({ apiVersion: 'v1', kind: 'Secret', metadata: { name }, stringData })),
      ...(await Promise.all(missing.map((each) => this.issuer.secretOf(each)))),
    ];
  }
}

/** A stage for an environment's file, in an empty folder, with new passwords and a new authority. */
export async function openStage(file: string, folder: string): Promise<Stage> {
  const name = basename(file, '.yaml');
  cpSync(file, join(folder, 'environments', `${name}.yaml`));
  const { environment, problems } = environmentLoader(nodeFileSystem(folder)).load(name);
  if (environment === undefined) throw new Error(problems.map(({ message }) => message).join('\n'));
  const passwords = new Map(secretsOf(environment).map((secret) => [secret.name, password(24)]));
  const issuer = await TestIssuer.create(passwords.get('keystore-password') ?? '');
  return new Stage(name, folder, { passwords, issuer }, await defaultStorageClass());
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
