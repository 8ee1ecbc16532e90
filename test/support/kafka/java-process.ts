import type { ChildProcess } from 'node:child_process';
import { spawn } from 'node:child_process';
import { closeSync, mkdirSync, openSync, readFileSync } from 'node:fs';
import { delimiter, join } from 'node:path';
import { killWithUs } from './reaper';
import type { Patience } from './wait-for';
import { Hopeless, waitFor } from './wait-for';

/** A Java program to start. */
export interface JavaCommand {
  /** Names the process in errors and its log file. */
  readonly name: string;
  readonly classpath: readonly string[];
  readonly main: string;
  readonly args?: readonly string[];
  /** Options of the JVM, after `SMALL_JVM`, so that they win. @default - none */
  readonly jvmArgs?: readonly string[];
  /** The working directory and the place of the log; made when absent. */
  readonly folder: string;
  /** Added to the environment. @default - nothing */
  readonly env?: Readonly<Record<string, string>>;
}

/** How a process ended: an exit code, or the signal that ended it. */
export interface Exit {
  readonly code: number | null;
  readonly signal: NodeJS.Signals | null;
}

/** Options with which a JVM starts fast and stays small. */
const SMALL_JVM: readonly string[] = ['-Xmx256m', '-XX:+UseSerialGC', '-XX:TieredStopAtLevel=1', '-Xshare:auto'];

const TAIL_LINES = 40;

/** The JVM's whole command line: options, class path, main class, arguments. */
export function javaArguments(command: Pick<JavaCommand, 'classpath' | 'main' | 'args' | 'jvmArgs'>): readonly string[] {
  return [...SMALL_JVM, ...(command.jvmArgs ?? []), '-cp', command.classpath.join(delimiter), command.main, ...(command.args ?? [])];
}

/** A running JVM. Its output goes to a file; it never outlives the process that started it. */
export class JavaProcess {
  readonly name: string;
  /** Standard output and error of the JVM. */
  readonly logFile: string;
  private readonly child: ChildProcess;
  private readonly ended: Promise<Exit>;
  private end: Exit | undefined;
  private spawnError: Error | undefined;

  private constructor(command: JavaCommand) {
    this.name = command.name;
    mkdirSync(command.folder, { recursive: true });
    this.logFile = join(command.folder, `${command.name}.log`);
    const log = openSync(this.logFile, 'a');
    this.child = spawn('java', [...javaArguments(command)], {
      cwd: command.folder,
      env: { ...process.env, ...command.env },
      stdio: ['ignore', log, log],
    });
    closeSync(log);
    this.ended = new Promise((resolve) => {
      const settle = (exit: Exit) => {
        this.end = exit;
        resolve(exit);
      };
      this.child.once('exit', (code, signal) => settle({ code, signal }));
      this.child.once('error', (error) => {
        this.spawnError = error;
        settle({ code: null, signal: null });
      });
    });
    killWithUs(this.child);
  }

  /** Starts the program; does not wait until it is of use. */
  static start(command: JavaCommand): JavaProcess {
    return new JavaProcess(command);
  }

  get pid(): number | undefined {
    return this.child.pid;
  }

  /** How it ended, or `undefined` while it runs. */
  get exit(): Exit | undefined {
    return this.end;
  }

  /** Everything the process has written so far. */
  output(): string {
    return readFileSync(this.logFile, 'utf8');
  }

  /** The last lines of the output under a heading with the process's name and state, for errors. */
  tail(lines: number = TAIL_LINES): string {
    const state = this.end === undefined ? 'running' : `ended with code ${this.end.code}, signal ${this.end.signal}`;
    const failure = this.spawnError === undefined ? '' : `, ${this.spawnError.message}`;
    return `--- ${this.name} (${state}${failure}), last lines:\n${this.output().trimEnd().split('\n').slice(-lines).join('\n')}`;
  }

  /** Waits until the output matches. Fails at once, with the tail of the output, when the process ends before. */
  async waitForOutput(pattern: RegExp, patience: Patience = {}): Promise<void> {
    await this.waitUntil(`${this.name} writes ${pattern}`, () => pattern.test(this.output()), patience);
  }

  /** Waits until a probe answers; fails at once, with the tail of the output, when the process ends before. */
  waitUntil<T>(goal: string, probe: () => Promise<T | undefined | false> | T | undefined | false, patience: Patience = {}): Promise<T> {
    const guarded = async () => {
      const answer = await probe();
      if ((answer === undefined || answer === false) && this.end !== undefined) throw new Hopeless(`the process has ended\n${this.tail()}`);
      return answer;
    };
    return waitFor(goal, guarded, { context: () => this.tail(), ...patience });
  }

  /** Waits until the process has ended by itself. */
  waitForExit(patience: Patience = {}): Promise<Exit> {
    return waitFor(`${this.name} ends`, () => this.end, { context: () => this.tail(), ...patience });
  }

  /** Sends SIGTERM without waiting. */
  terminate(): void {
    this.child.kill('SIGTERM');
  }

  /** Ends the process with SIGTERM, and with SIGKILL when it has not gone by the deadline. Fine to call twice. */
  async stop(deadlineMs: number = 60_000): Promise<Exit> {
    if (this.end !== undefined) return this.end;
    this.terminate();
    const timer = setTimeout(() => this.child.kill('SIGKILL'), deadlineMs);
    try {
      return await this.ended;
    } finally {
      clearTimeout(timer);
    }
  }

  /** Ends the process at once, as a crash would. */
  async kill(): Promise<Exit> {
    if (this.end !== undefined) return this.end;
    this.child.kill('SIGKILL');
    return this.ended;
  }
}
