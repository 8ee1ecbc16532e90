import type { ChildProcess } from 'node:child_process';
import { spawn } from 'node:child_process';
import type { Writable } from 'node:stream';

// A test process that is killed runs no handler of its own. This shell outlives it: when the pipe from us closes, for whatever
// reason, it kills what is still noted down.
const SCRIPT = `
live=" "
while read -r word pid; do
  case $word in
    started) live="$live$pid " ;;
    ended) live="\${live%% $pid *} \${live#* $pid }" ;;
  esac
done
for pid in $live; do kill -KILL "$pid"; done
`;

let shell: ChildProcess | undefined;

function note(line: string): void {
  if (shell === undefined) {
    // Detached: a signal to the whole process group must not take the reaper first.
    shell = spawn('sh', ['-c', SCRIPT], { stdio: ['pipe', 'ignore', 'ignore'], detached: true });
    shell.unref();
    (shell.stdin as Writable & { unref?: () => void }).unref?.();
  }
  shell.stdin?.write(`${line}\n`);
}

/** Has the process killed as soon as this one is gone, however it goes. */
export function killWithUs(child: ChildProcess): void {
  const { pid } = child;
  if (pid === undefined) return;
  note(`started ${pid}`);
  child.once('exit', () => note(`ended ${pid}`));
}
