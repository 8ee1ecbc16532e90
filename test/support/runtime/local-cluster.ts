import { execFile } from 'node:child_process';
import { copyFile, mkdir, readdir, readFile, writeFile } from 'node:fs/promises';
import { dirname, join } from 'node:path';
import { promisify } from 'node:util';
import {
  backupPrincipal,
  brokerPrincipal,
  brokersOf,
  convergencePrincipal,
  type Environment,
  type Listener,
  usesTls,
} from '../../../lib/model';
import { type Process, processesOf, type RuntimeFile } from '../../../lib/runtime';
import { CertificateAuthority } from '../kafka/certificates';
import { jmxExporterJar, type KafkaVersion } from '../kafka/jars';
import { KafkaTools } from '../kafka/tools';
import { testAddressing } from './addressing';
import { type Placement, placementOf, type SharedFolders } from './placement';
import { ScriptProcess } from './script-process';
import { kafkaScripts } from './shims';
import { type Replacements, substituteProperties, substituteText } from './substitute';

const run = promisify(execFile);

/** The password of every store and of the brokers' own user in these tests. */
export const THROW_AWAY = 'throw-away';

let readinessAgent: Promise<Buffer> | undefined;

/** Puts the agent in place; it is compiled for the first cluster of a suite. */
async function copyReadinessAgent(path: string): Promise<void> {
  readinessAgent ??= run('bash', [join(__dirname, '../../../images/tools/readiness-agent/build.sh'), path]).then(() => readFile(path));
  await writeFile(path, await readinessAgent);
}

/** A file of a process as it lies here. */
export interface PlacedFile {
  readonly process: Process;
  readonly rendered: RuntimeFile;
  readonly content: string;
  readonly replacements: Replacements;
}

/** An environment's ZooKeeper servers and Kafka nodes, started from what was rendered for a platform, on the loopback. */
export class LocalCluster {
  readonly files: PlacedFile[] = [];
  private readonly running: ScriptProcess[] = [];

  private constructor(
    readonly environment: Environment,
    readonly processes: readonly Process[],
    readonly folder: string,
    readonly tools: KafkaTools,
    private readonly shared: SharedFolders,
    private readonly placement: Placement,
  ) {}

  /** Writes everything the processes read; starts nothing. */
  static async prepare(environment: Environment, version: KafkaVersion, folder: string): Promise<LocalCluster> {
    const processes = processesOf(environment, testAddressing).filter(
      ({ component }) => component === 'kafka' || component === 'zookeeper',
    );
    const shared = { secrets: join(folder, 'secrets'), agents: join(folder, 'agents'), scripts: join(folder, 'scripts') };
    await kafkaScripts(shared.scripts, version);
    await mkdir(shared.agents, { recursive: true });
    await copyFile(await jmxExporterJar(), join(shared.agents, 'jmx_prometheus_javaagent.jar'));
    await copyReadinessAgent(join(shared.agents, 'kafkon-readiness-agent.jar'));
    const placement = await placementOf(environment, processes, folder, shared);
    const cluster = new LocalCluster(environment, processes, folder, new KafkaTools(version, folder), shared, placement);
    if (usesTls(environment)) await cluster.issueCertificates();
    await Promise.all(processes.map((process) => cluster.writeFiles(process)));
    return cluster;
  }

  private async issueCertificates(): Promise<void> {
    const { secrets } = this.shared;
    const authority = await CertificateAuthority.create(join(this.folder, 'authority'), THROW_AWAY);
    const { name } = this.environment;
    const owners = {
      broker: brokerPrincipal(name),
      zookeeper: `${name}-zookeeper`,
      convergence: convergencePrincipal(name),
      backup: backupPrincipal(name),
    };
    for (const [owner, commonName] of Object.entries(owners)) {
      await authority.issue(join(secrets, owner), { commonName, dnsNames: ['*.test'], addresses: ['127.0.0.1'] });
    }
    await mkdir(join(secrets, 'passwords'));
    for (const secret of ['keystore-password', 'broker-password']) await writeFile(join(secrets, 'passwords', secret), THROW_AWAY);
  }

  private async writeFiles(process: Process): Promise<void> {
    const replacements = this.placement.of(process);
    await mkdir(join(this.placement.folderOf(process), 'tmp'), { recursive: true });
    for (const rendered of process.files) {
      const settings = /(server\.properties|zoo\.cfg)$/.test(rendered.path);
      const content = (settings ? substituteProperties : substituteText)(rendered.content, replacements);
      const path = substituteText(rendered.path, replacements);
      await mkdir(dirname(path), { recursive: true });
      await writeFile(path, content);
      this.files.push({ process, rendered, content, replacements });
    }
  }

  /** Has the brokers tell clients of a listener to come to other addresses, in the order of their ids. Before the start. */
  async advertise(listener: string, addresses: readonly string[]): Promise<void> {
    const own = this.bootstrap(listener).split(',');
    for (const [index, { id }] of brokersOf(this.environment).entries()) {
      const placed = this.files.find(
        ({ process, rendered }) => process.name === `kafka-${id}` && /server\.properties$/.test(rendered.path),
      );
      if (placed === undefined) throw new Error(`there are no settings of kafka-${id}`);
      const path = substituteText(placed.rendered.path, placed.replacements);
      const there = `${listener}://${own[index]}`;
      if (!placed.content.includes(there)) throw new Error(`kafka-${id} does not advertise ${there}`);
      await writeFile(path, placed.content.replaceAll(there, `${listener}://${addresses[index]}`));
    }
  }

  /** Ends a node at once, without a farewell. */
  async kill(name: string): Promise<void> {
    await this.scriptOf(name).kill();
  }

  /** Starts a node that has ended, and waits until it is ready. */
  async restart(name: string): Promise<void> {
    const process = this.processes.find((each) => each.name === name);
    if (process === undefined) throw new Error(`there is no ${name}`);
    this.running.splice(this.running.indexOf(this.scriptOf(name)), 1);
    await this.launch(process).waitUntil('is ready', () => this.isReady(process));
  }

  private scriptOf(name: string): ScriptProcess {
    const script = this.running.find(({ what }) => what.name === name);
    if (script === undefined) throw new Error(`${name} does not run`);
    return script;
  }

  /** Starts everything at once, or the processes named, as a platform would, and waits until all are ready by their own probes. */
  async start(names?: readonly string[]): Promise<void> {
    const chosen = this.processes.filter(({ name }) => names === undefined || names.includes(name));
    for (const process of chosen) this.launch(process);
    for (const process of chosen) await this.untilReady(process);
  }

  /**
   * Seldom, on a busy machine, a broker of a new cluster is not registered within the minute that Kafka gives it, though controllers are
   * there by then, and ends. Nobody knows why. That end alone is one after which it is started again, as a platform would, once.
   */
  private async untilReady(process: Process): Promise<void> {
    const script = this.scriptOf(process.name);
    try {
      await script.waitUntil('is ready', () => this.isReady(process));
    } catch (error) {
      if (script.exit === undefined || !script.output().includes('unable to register with the controller quorum')) throw error;
      console.warn(`${process.name} is started again, ${error instanceof Error ? error.message : String(error)}`);
      await this.restart(process.name);
    }
  }

  private launch(process: Process): ScriptProcess {
    const replacements = this.placement.of(process);
    const here = (text: string) => substituteText(text, replacements);
    const script = new ScriptProcess({
      name: process.name,
      command: process.command.map(here),
      env: Object.fromEntries(Object.entries(process.env).map(([name, value]) => [name, here(value)])),
      logFile: join(this.placement.folderOf(process), 'output.log'),
    });
    this.running.push(script);
    return script;
  }

  /** Asks as the rendered readiness probe would. */
  private async isReady(process: Process): Promise<boolean> {
    const check = process.readiness?.check;
    const replacements = this.placement.of(process);
    if (check?.kind === 'http') {
      const port = /port=(\d+),/.exec(substituteText(`port=${check.port},`, replacements))?.[1];
      const answer = await fetch(`http://127.0.0.1:${port}${check.path}`).catch(() => undefined);
      return answer?.status === 200;
    }
    if (check?.kind !== 'command') throw new Error(`${process.name} has no readiness probe that this can ask`);
    const [program = 'sh', ...args] = check.command.map((word) => substituteText(word, replacements));
    return run(program, args).then(
      () => true,
      () => false,
    );
  }

  /** The addresses of all brokers for a listener. */
  bootstrap(listener: string): string {
    const port = (this.environment.listeners.find(({ name }) => name === listener) as Listener).port;
    return brokersOf(this.environment)
      .map(({ id }) => this.placement.address(`${testAddressing.kafkaHost(id)}:${port}`))
      .join(',');
  }

  /** A client's settings with the trust store, and an owner's certificate where one is named. */
  async clientFile(name: string, settings: Readonly<Record<string, string>>, owner?: string): Promise<string> {
    const store = (kind: 'keystore' | 'truststore', of: string) =>
      [`type=PKCS12`, `location=${join(this.shared.secrets, of, `${kind}.p12`)}`, `password=${THROW_AWAY}`].map(
        (setting) => `ssl.${kind}.${setting}`,
      );
    const lines = [
      ...Object.entries(settings).map(([key, value]) => `${key}=${value}`),
      ...store('truststore', 'broker'),
      ...(owner === undefined ? [] : store('keystore', owner)),
    ];
    const path = join(this.folder, `${name}.properties`);
    await writeFile(path, `${lines.join('\n')}\n`);
    return path;
  }

  /** An owner's certificate and key and the authority's certificate, PEM text. */
  async pemOf(owner: string): Promise<{ readonly ca: string; readonly certificate: string; readonly key: string }> {
    const [ca = '', certificate = '', key = ''] = await Promise.all(
      ['ca.crt', 'tls.crt', 'tls.key'].map((file) => readFile(join(this.shared.secrets, owner, file), 'utf8')),
    );
    return { ca, certificate, key };
  }

  /** Everything all processes have written. */
  output(): string {
    return this.running.map((script) => script.output()).join('\n');
  }

  /** The names of the files in a directory of a node's volumes. */
  async filesOf(name: string, directory: string): Promise<readonly string[]> {
    const process = this.processes.find((each) => each.name === name);
    if (process === undefined) throw new Error(`there is no ${name}`);
    return readdir(substituteText(directory, this.placement.of(process)));
  }

  /** Command lines of the running processes. */
  async commandLines(): Promise<string> {
    const pids = this.running.flatMap(({ pid }) => (pid === undefined ? [] : [String(pid)]));
    return (await run('ps', ['-o', 'args=', '-ww', '-p', pids.join(',')], { maxBuffer: 16 * 1024 * 1024 })).stdout;
  }

  /** What the start scripts have left in `/tmp`. */
  async leftovers(): Promise<readonly string[]> {
    const left = await Promise.all(this.processes.map((process) => readdir(join(this.placement.folderOf(process), 'tmp'))));
    return left.flat().filter((name) => name.startsWith('kafkon.'));
  }

  /** Stops brokers, then controllers and ZooKeeper; answers the exit codes of all. */
  async stop(): Promise<readonly (number | null)[]> {
    const brokers = new Set(brokersOf(this.environment).map(({ id }) => `kafka-${id}`));
    const first = this.running.filter(({ what }) => brokers.has(what.name));
    const last = this.running.filter(({ what }) => !brokers.has(what.name));
    const exits = [
      ...(await Promise.all(first.map((script) => script.stop()))),
      ...(await Promise.all(last.map((script) => script.stop()))),
    ];
    this.running.length = 0;
    return exits.map(({ code }) => code);
  }
}
