import { spawn } from 'node:child_process';

/** What a command answered. */
export interface CommandResult {
  readonly code: number;
  /** Standard output. */
  readonly output: string;
  /** Standard error. */
  readonly error: string;
}

/** Runs a command with a text as its standard input; every exit code is an answer. Fails only when it cannot be started. */
export function command(name: string, args: readonly string[], stdin: string = ''): Promise<CommandResult> {
  return new Promise((resolve, reject) => {
    const child = spawn(name, [...args], { stdio: 'pipe' });
    let output = '';
    let error = '';
    child.stdout.setEncoding('utf8').on('data', (text: string) => {
      output += text;
    });
    child.stderr.setEncoding('utf8').on('data', (text: string) => {
      error += text;
    });
    child.once('error', reject);
    child.once('close', (code) => resolve({ code: code ?? 1, output, error }));
    child.stdin.on('error', () => undefined); // a command that ends before it has read everything
    child.stdin.end(stdin);
  });
}
