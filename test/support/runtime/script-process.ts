import { type ChildProcess, spawn } from 'node:child_process';
import { closeSync, mkdirSync, openSync, readFileSync } from 'node:fs';
import { dirname } from 'node:path';
import type { Exit } from '../kafka/java-process';
import { killWithUs } from '../kafka/reaper';
import { Hopeless, type Patience, waitFor } from '../kafka/wait-for';

/** A command that is expected to become a server. */
export interface ScriptCommand {
  readonly name: string;
  readonly command: readonly string[];
  readonly env: Readonly<Record<string, string>>;
  readonly logFile: string;
}

/** A running start script, and what it becomes. It never outlives the process that started it. */
export class ScriptProcess {
  private readonly child: ChildProcess;
  private readonly ended: Promise<Exit>;
  private end: Exit | undefined;

  constructor(readonly what: ScriptCommand) {
    mkdirSync(dirname(what.logFile), { recursive: true });
    const log = openSync(what.logFile, 'a');
    const [program = 'sh', ...args] = what.command;
    this.child = spawn(program, args, { env: { PATH: process.env.PATH, ...what.env }, stdio: ['ignore', log, log] });
    closeSync(log);
    this.ended = new Promise((resolve) => {
      this.child.once('exit', (code, signal) => {
        this.end = { code, signal };
        resolve(this.end);
      });
    });
    killWithUs(this.child);
  }

  get pid(): number | undefined {
    return this.child.pid;
  }

  /** How it ended, or `undefined` while it runs. */
  get exit(): Exit | undefined {
    return this.end;
  }

  /** Everything written so far. */
  output(): string {
    return readFileSync(this.what.logFile, 'utf8');
  }

  /** What it warned of, and the last lines of the output, for errors: a node that gives up says much after it has said why. */
  private tail(): string {
    const lines = this.output().trimEnd().split('\n');
    const warnings = lines.slice(0, -40).filter((line) => /\b(?:WARN|ERROR|FATAL)\b/.test(line));
    return [`--- ${this.what.name}:`, ...warnings.slice(-40), '...', ...lines.slice(-40)].join('\n');
  }

  /** Waits until a probe answers true; fails at once, with the end of the output, when the process ends before. */
  waitUntil(goal: string, probe: () => Promise<boolean>, patience: Patience = {}): Promise<true> {
    const guarded = async () => {
      if (await probe()) return true;
      if (this.end !== undefined) throw new Hopeless(`it has ended with ${JSON.stringify(this.end)}\n${this.tail()}`);
      return undefined;
    };
    return waitFor(`${this.what.name}: ${goal}`, guarded, { everyMs: 250, context: () => this.tail(), ...patience });
  }

  /** SIGKILL: no farewell. */
  async kill(): Promise<Exit> {
    this.child.kill('SIGKILL');
    return this.ended;
  }

  /** SIGTERM, and SIGKILL when it has not gone by the deadline. */
  async stop(deadlineMs = 60_000): Promise<Exit> {
    if (this.end !== undefined) return this.end;
    this.child.kill('SIGTERM');
    const timer = setTimeout(() => this.child.kill('SIGKILL'), deadlineMs);
    try {
      return await this.ended;
    } finally {
      clearTimeout(timer);
    }
  }
}
