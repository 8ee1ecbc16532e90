import { execFile } from 'node:child_process';
import { createHash } from 'node:crypto';
import { access, mkdtemp, rename, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { promisify } from 'node:util';
import { CLUSTER_ID } from '../runtime/environment';
import { combinedSettings } from './combined-settings';
import { type KafkaVersion, kafkaJars } from './jars';
import { JavaProcess } from './java-process';
import { loggingOption } from './logging';
import { freePorts } from './ports';

const run = promisify(execFile);
const known = new Map<KafkaVersion, Promise<string>>();

/**
 * Options with which a JVM maps the classes of a release instead of reading them, about half of what a start takes of the processor. A JVM
 * that the archive does not fit goes on without it.
 */
export async function mappedClasses(version: KafkaVersion): Promise<readonly string[]> {
  const archive = known.get(version) ?? classArchive(version);
  known.set(version, archive);
  // What the JVM has to say is no output of the program.
  return [`-XX:SharedArchiveFile=${await archive}`, '-Xlog:disable', '-Xlog:all=warning:stderr'];
}

/** Beside the jars, by the JVM that made it. */
async function classArchive(version: KafkaVersion): Promise<string> {
  const jars = await kafkaJars(version);
  const { stderr: jvm } = await run('java', ['-version']);
  const digest = createHash('sha256').update(jvm).digest('hex').slice(0, 16);
  const path = join(dirname(dirname(jars[0] as string)), `classes-${digest}.jsa`);
  const isThere = await access(path).then(
    () => true,
    () => false,
  );
  if (!isThere) await makeArchive(version, jars, path);
  return path;
}

/** Starts a node and stops it: the JVM writes down what it has loaded. */
async function makeArchive(version: KafkaVersion, classpath: readonly string[], path: string): Promise<void> {
  const folder = await mkdtemp(join(tmpdir(), 'kafkon-classes-'));
  const java = (name: string, main: string, args: readonly string[], jvmArgs: readonly string[] = []) =>
    JavaProcess.start({ name, classpath, main, args, folder, jvmArgs: [logging, ...jvmArgs] });
  const logging = loggingOption(version, folder, { level: 'INFO', stream: 'System.out' });
  try {
    const [broker = 0, controller = 0] = await freePorts(2);
    const settings = combinedSettings(folder, { broker, controller });
    const formatted = java('format', 'kafka.tools.StorageTool', ['format', '--cluster-id', CLUSTER_ID, '--config', settings]);
    if ((await formatted.waitForExit()).code !== 0) throw new Error(formatted.tail());
    const made = `${path}.${process.pid}`;
    const node = java('node', 'kafka.Kafka', [settings], [`-XX:ArchiveClassesAtExit=${made}`]);
    await node.waitForOutput(/started \(kafka\.server\.KafkaRaftServer\)/);
    await node.stop();
    await rename(made, path); // Whoever comes second puts the same in its place.
  } finally {
    await rm(folder, { recursive: true, force: true });
  }
}
