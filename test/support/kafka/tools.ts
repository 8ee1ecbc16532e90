import { spawn } from 'node:child_process';
import { mappedClasses } from './class-archive';
import type { KafkaVersion } from './jars';
import { kafkaJars } from './jars';
import { javaArguments } from './java-process';
import { loggingOption } from './logging';
import { killWithUs } from './reaper';

// Where a command's main class is; it moved between the releases.
const MAINS = {
  topics: { '3.9.2': 'org.apache.kafka.tools.TopicCommand', '4.3.1': 'org.apache.kafka.tools.TopicCommand' },
  acls: { '3.9.2': 'kafka.admin.AclCommand', '4.3.1': 'org.apache.kafka.tools.AclCommand' },
  configs: { '3.9.2': 'kafka.admin.ConfigCommand', '4.3.1': 'kafka.admin.ConfigCommand' },
  storage: { '3.9.2': 'kafka.tools.StorageTool', '4.3.1': 'kafka.tools.StorageTool' },
  features: { '3.9.2': 'org.apache.kafka.tools.FeatureCommand', '4.3.1': 'org.apache.kafka.tools.FeatureCommand' },
  groups: {
    '3.9.2': 'org.apache.kafka.tools.consumer.group.ConsumerGroupCommand',
    '4.3.1': 'org.apache.kafka.tools.consumer.group.ConsumerGroupCommand',
  },
  consoleProducer: { '3.9.2': 'kafka.tools.ConsoleProducer', '4.3.1': 'org.apache.kafka.tools.ConsoleProducer' },
  consoleConsumer: {
    '3.9.2': 'org.apache.kafka.tools.consumer.ConsoleConsumer',
    '4.3.1': 'org.apache.kafka.tools.consumer.ConsoleConsumer',
  },
  reassign: {
    '3.9.2': 'org.apache.kafka.tools.reassign.ReassignPartitionsCommand',
    '4.3.1': 'org.apache.kafka.tools.reassign.ReassignPartitionsCommand',
  },
  metadataQuorum: { '3.9.2': 'org.apache.kafka.tools.MetadataQuorumCommand', '4.3.1': 'org.apache.kafka.tools.MetadataQuorumCommand' },
} as const satisfies Record<string, Readonly<Record<KafkaVersion, string>>>;

/** One of Kafka's own commands. */
export type KafkaTool = keyof typeof MAINS;

/** What a command answered. */
export interface ToolResult {
  readonly code: number;
  /** Standard output. */
  readonly output: string;
  /** Standard error. */
  readonly error: string;
}

/** How to run one command. */
export interface ToolRun {
  /** Standard input. @default - empty */
  readonly input?: string;
  /** Milliseconds until it is killed. @default 240000 */
  readonly deadlineMs?: number;
  /** @default - none */
  readonly jvmArgs?: readonly string[];
}

/** Kafka's own commands of one release, each run in a JVM of its own (about a second). */
export class KafkaTools {
  /** @param folder - working directory of the commands */
  constructor(
    readonly version: KafkaVersion,
    private readonly folder: string,
  ) {}

  /** Runs a command and answers whatever comes of it. Fails only at the deadline, or when Java cannot be started. */
  async attempt(tool: KafkaTool, args: readonly string[], run: ToolRun = {}): Promise<ToolResult> {
    const logging = loggingOption(this.version, this.folder, { level: 'WARN', stream: 'System.err' });
    const command = {
      classpath: await kafkaJars(this.version),
      main: MAINS[tool][this.version],
      args,
      jvmArgs: [...(await mappedClasses(this.version)), logging, ...(run.jvmArgs ?? [])],
    };
    return collect(tool, javaArguments(command), this.folder, run);
  }

  /** Runs a command and answers its standard output; fails with all it wrote when its exit code is not 0. */
  async run(tool: KafkaTool, args: readonly string[], run: ToolRun = {}): Promise<string> {
    const { code, output, error } = await this.attempt(tool, args, run);
    if (code !== 0) throw new Error(`${tool} ${args.join(' ')} ended with code ${code}:\n${output}\n${error}`);
    return output;
  }
}

function collect(tool: KafkaTool, args: readonly string[], folder: string, run: ToolRun): Promise<ToolResult> {
  const deadlineMs = run.deadlineMs ?? 240_000;
  return new Promise((resolve, reject) => {
    const child = spawn('java', [...args], { cwd: folder, stdio: 'pipe' });
    killWithUs(child);
    let output = '';
    let error = '';
    let late = false;
    child.stdout.setEncoding('utf8').on('data', (text: string) => {
      output += text;
    });
    child.stderr.setEncoding('utf8').on('data', (text: string) => {
      error += text;
    });
    const timer = setTimeout(() => {
      late = true;
      child.kill('SIGKILL');
    }, deadlineMs);
    child.once('error', reject);
    child.once('close', (code) => {
      clearTimeout(timer);
      if (late) reject(new Error(`${tool} was not done after ${deadlineMs} ms:\n${output}\n${error}`));
      else resolve({ code: code ?? 1, output, error });
    });
    child.stdin.on('error', () => undefined); // a command that ends before it has read everything
    child.stdin.end(run.input ?? '');
  });
}
