import { execFile } from 'node:child_process';
import { mkdir, mkdtemp, readdir, readFile, rename, rm, stat, writeFile } from 'node:fs/promises';
import { homedir } from 'node:os';
import { join } from 'node:path';
import { promisify } from 'node:util';

const run = promisify(execFile);

/** The Kafka releases that the integration suites start: the last with ZooKeeper, and one without. */
export type KafkaVersion = '3.9.2' | '4.3.1';

/** Maven coordinates: `group:artifact:version`. */
type Coordinates = `${string}:${string}:${string}`;

// Kafka's own pom names the logging API only; what writes the log, and what its mains load by name, is added here.
const KAFKA: Readonly<Record<KafkaVersion, readonly Coordinates[]>> = {
  '3.9.2': [
    'org.apache.kafka:kafka_2.13:3.9.2',
    'org.apache.kafka:kafka-tools:3.9.2',
    'org.slf4j:slf4j-reload4j:1.7.36',
    'io.dropwizard.metrics:metrics-core:4.1.12.1',
    'org.xerial.snappy:snappy-java:1.1.10.5',
  ],
  '4.3.1': ['org.apache.kafka:kafka_2.13:4.3.1', 'org.apache.kafka:kafka-tools:4.3.1', 'org.apache.logging.log4j:log4j-slf4j-impl:2.25.4'],
};

const JMX_EXPORTER: Coordinates = 'io.prometheus.jmx:jmx_prometheus_javaagent:1.0.1';

const STALE_MS = 3_600_000;

/** Where fetched jars are kept between runs: `kafkon-test` in the user's cache folder. */
function cacheFolder(): string {
  return join(process.env.XDG_CACHE_HOME || join(homedir(), '.cache'), 'kafkon-test');
}

/** The jars of a Kafka release in a fixed order, fetched once by Maven. Fails with Maven's own output. */
export function kafkaJars(version: KafkaVersion): Promise<readonly string[]> {
  return mavenJars(`kafka-${version}`, KAFKA[version]);
}

/** The jar of the Prometheus JMX exporter's Java agent, fetched once by Maven. */
export async function jmxExporterJar(): Promise<string> {
  const jars = await mavenJars('jmx-exporter-1.0.1', [JMX_EXPORTER]);
  const jar = jars.find((path) => path.includes('jmx_prometheus_javaagent'));
  if (jar === undefined) throw new Error(`Maven fetched no JMX exporter, only ${jars.join(', ')}`);
  return jar;
}

/** Kafka Connect with the file connectors, beside Kafka 4.3. */
export function connectJars(): Promise<readonly string[]> {
  return mavenJars('connect-4.3.1', [...KAFKA['4.3.1'], 'org.apache.kafka:connect-runtime:4.3.1', 'org.apache.kafka:connect-file:4.3.1']);
}

/** Kafka Connect and MirrorMaker 2 of Kafka 3.9. */
export function mirrorMakerJars(): Promise<readonly string[]> {
  const artifacts = ['connect-runtime', 'connect-json', 'connect-mirror'].map((name) => `org.apache.kafka:${name}:3.9.2` as const);
  return mavenJars('connect-mirror-3.9.2', [...KAFKA['3.9.2'], ...artifacts]);
}

const REGISTRY = { name: 'apicurio-registry-2.6.13', artifact: 'io.apicurio:apicurio-registry-app:2.6.13.Final:tar.gz:all' };

/** The jars of a schema registry that speaks Confluent's interface: the one to start is the first. */
export async function schemaRegistryJars(): Promise<readonly string[]> {
  const folder = join(cacheFolder(), REGISTRY.name);
  const started = async (): Promise<readonly string[] | undefined> => {
    const names = await readdir(folder).catch((): string[] => []);
    const runner = names.find((name) => name.endsWith('-runner.jar'));
    if (runner === undefined) return undefined;
    return [runner, ...(await readdir(join(folder, 'lib'))).sort().map((name) => join('lib', name))].map((name) => join(folder, name));
  };
  const cached = await started();
  if (cached !== undefined) return cached;
  await mkdir(cacheFolder(), { recursive: true });
  const partial = await mkdtemp(join(cacheFolder(), `${REGISTRY.name}.partial-`));
  await run('mvn', ['-q', '-B', 'dependency:unpack', `-Dartifact=${REGISTRY.artifact}`, `-DoutputDirectory=${partial}`], {
    cwd: partial,
  }).catch(explain);
  await rename(partial, folder).catch(() => rm(partial, { recursive: true, force: true }));
  const jars = await started();
  if (jars === undefined) throw new Error(`${folder} was changed by something else while it was being filled`);
  return jars;
}

function pom(name: string, coordinates: readonly Coordinates[]): string {
  const dependencies = coordinates.map((each) => {
    const [group, artifact, version] = each.split(':');
    return `<dependency><groupId>${group}</groupId><artifactId>${artifact}</artifactId><version>${version}</version></dependency>`;
  });
  return [
    '<project><modelVersion>4.0.0</modelVersion>',
    `<groupId>test</groupId><artifactId>${name}</artifactId><version>1</version>`,
    `<dependencies>${dependencies.join('\n')}</dependencies></project>`,
  ].join('\n');
}

async function jarsIn(folder: string, expectedPom: string): Promise<readonly string[] | undefined> {
  const found = await readFile(join(folder, 'pom.xml'), 'utf8').catch(() => undefined);
  if (found !== expectedPom) return undefined;
  const names = await readdir(join(folder, 'jars'));
  return names
    .filter((name) => name.endsWith('.jar'))
    .sort()
    .map((name) => join(folder, 'jars', name));
}

async function mavenJars(name: string, coordinates: readonly Coordinates[]): Promise<readonly string[]> {
  const folder = join(cacheFolder(), name);
  const text = pom(name, coordinates);
  const cached = await jarsIn(folder, text);
  if (cached !== undefined) return cached;
  await mkdir(cacheFolder(), { recursive: true });
  await removeAbandoned(name);
  const partial = await mkdtemp(join(cacheFolder(), `${name}.partial-`));
  try {
    await writeFile(join(partial, 'pom.xml'), text);
    const copy = ['-q', '-B', '-f', join(partial, 'pom.xml'), 'dependency:copy-dependencies', '-DincludeScope=runtime'];
    await run('mvn', [...copy, `-DoutputDirectory=${join(partial, 'jars')}`], { maxBuffer: 16 * 1024 * 1024 }).catch(explain);
    await putInPlace(partial, folder, text);
  } finally {
    await rm(partial, { recursive: true, force: true });
  }
  const jars = await jarsIn(folder, text);
  if (jars === undefined) throw new Error(`${folder} was changed by something else while it was being filled`);
  return jars;
}

/** A rename is atomic: whoever comes second finds the folder filled, and leaves it. */
async function putInPlace(partial: string, folder: string, expectedPom: string): Promise<void> {
  if ((await jarsIn(folder, expectedPom)) !== undefined) return;
  await rm(folder, { recursive: true, force: true });
  await rename(partial, folder).catch(async (error: unknown) => {
    if ((await jarsIn(folder, expectedPom)) === undefined) throw error;
  });
}

async function removeAbandoned(name: string): Promise<void> {
  for (const entry of await readdir(cacheFolder())) {
    if (!entry.startsWith(`${name}.partial-`)) continue;
    const path = join(cacheFolder(), entry);
    const { mtimeMs } = await stat(path).catch(() => ({ mtimeMs: Date.now() }));
    if (Date.now() - mtimeMs > STALE_MS) await rm(path, { recursive: true, force: true });
  }
}

function explain(error: Error & { stdout?: string; stderr?: string }): never {
  throw new Error(`Maven failed: ${[error.message, error.stdout, error.stderr].filter(Boolean).join('\n')}`);
}
