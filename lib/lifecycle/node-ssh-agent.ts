import { type ChildProcess, spawn } from 'node:child_process';
import { Agent } from 'node:http';
import { Duplex } from 'node:stream';

/** An engine on another machine, reached by its SSH server. */
export interface SshTarget {
  readonly host: string;
  readonly user?: string;
  readonly port?: number;
  /** The path of the engine's socket there. @default - its own */
  readonly socket?: string;
}

/** Handshakes cost, and servers refuse too many at a time. */
const connections = 4;

/** What Docker's own client runs: on the other machine, it joins its input and output to the engine's socket. */
export function sshWords({ host, user, port, socket }: SshTarget): readonly string[] {
  return [
    ...(user === undefined ? [] : ['-l', user]),
    ...(port === undefined ? [] : ['-p', String(port)]),
    '-o',
    'ConnectTimeout=30',
    '-T',
    '--',
    host,
    'docker',
    ...(socket === undefined ? [] : ['--host', `unix://${socket}`]),
    'system',
    'dial-stdio',
  ];
}

/** An agent whose connections are runs of `ssh`, a few that are used again and again. `variables` are those of the environment. */
export function nodeSshAgent(target: SshTarget, variables: Readonly<Record<string, string | undefined>>): Agent {
  const agent = new Agent({ keepAlive: true, maxSockets: connections });
  const dial = () => new SshConnection(spawn('ssh', sshWords(target), { env: { ...variables }, stdio: ['pipe', 'pipe', 'pipe'] }));
  return Object.assign(agent, { createConnection: dial });
}

/** The two ends of a child process as the one stream that HTTP speaks through. */
class SshConnection extends Duplex {
  #said = '';

  constructor(private readonly child: ChildProcess) {
    super();
    child.stdout?.on('data', (chunk: Buffer) => {
      if (!this.push(chunk)) child.stdout?.pause();
    });
    child.stderr?.on('data', (chunk: Buffer) => {
      this.#said += chunk.toString();
    });
    child.stdin?.on('error', () => {});
    child.once('error', (error) => this.destroy(error));
    child.once('close', (code) => {
      if (code === 0 || this.destroyed) this.push(null);
      else this.destroy(new Error(`ssh ended with ${code}: ${this.#said.trim()}`));
    });
  }

  override _read(): void {
    this.child.stdout?.resume();
  }

  override _write(chunk: Buffer, _: BufferEncoding, done: (error?: Error | null) => void): void {
    // A pipe that breaks says nothing of the reason: the end of the process does.
    this.child.stdin?.write(chunk, () => done());
  }

  override _final(done: (error?: Error | null) => void): void {
    this.child.stdin?.end(() => done());
  }

  override _destroy(error: Error | null, done: (error: Error | null) => void): void {
    this.child.kill();
    done(error);
  }

  // What an agent asks of the sockets that it keeps: one that nobody uses must not keep the program running.
  setKeepAlive(): this {
    return this;
  }

  setNoDelay(): this {
    return this;
  }

  setTimeout(): this {
    return this;
  }

  ref(): this {
    for (const part of this.#handles()) part.ref?.();
    return this;
  }

  unref(): this {
    for (const part of this.#handles()) part.unref?.();
    return this;
  }

  #handles(): readonly { ref?(): unknown; unref?(): unknown }[] {
    const { stdin, stdout, stderr } = this.child;
    return [this.child, ...[stdin, stdout, stderr].flatMap((part) => part ?? [])] as readonly { ref?(): unknown; unref?(): unknown }[];
  }
}
