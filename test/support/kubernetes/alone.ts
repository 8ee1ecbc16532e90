import { mkdirSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { waitFor } from '../kafka/wait-for';

/** Where the suites that run at the same time, each in a process of its own, tell each other what they are at. */
const folder = join(tmpdir(), `kafkon-suites-of-${process.ppid}`);
const door = join(folder, 'alone');
const sign = (pid: number) => join(folder, `at-work-${pid}`);
const patience = { deadlineMs: 600_000, everyMs: 200 };
let entered = false;

/** Work that may be done beside that of others; it begins when none of them has to be alone. */
export function beside<Result>(work: () => Promise<Result>): Promise<Result> {
  const own = sign(process.pid);
  const enter = () => {
    if (isHeld(door)) return false;
    writeFileSync(own, String(process.pid));
    if (!isHeld(door)) return true;
    rmSync(own);
    return false;
  };
  return inside(work, () => waitFor('no other suite is alone', enter, patience), own);
}

/** Work that is measured: the other suites finish the step they are at, and begin none until it is done. */
export function alone<Result>(work: () => Promise<Result>): Promise<Result> {
  const enter = async () => {
    await waitFor('no other suite is alone', shut, patience);
    await waitFor('the other suites hold still', () => readdirSync(folder).every((name) => !isHeld(join(folder, name))), patience);
  };
  return inside(work, enter, door);
}

/** Work within work has what it needs already. */
async function inside<Result>(work: () => Promise<Result>, enter: () => Promise<unknown>, held: string): Promise<Result> {
  if (entered) return work();
  entered = true;
  try {
    mkdirSync(folder, { recursive: true });
    await enter();
    return await work();
  } finally {
    entered = false;
    if (!isHeld(held)) rmSync(held, { force: true });
  }
}

function shut(): boolean {
  try {
    writeFileSync(door, String(process.pid), { flag: 'wx' });
    return true;
  } catch {
    if (!isHeld(door)) rmSync(door, { force: true }); // Of a process that has ended without a word.
    return false;
  }
}

/** Whether another process that still runs has put its number there. */
function isHeld(path: string): boolean {
  try {
    const pid = Number(readFileSync(path, 'utf8'));
    return pid !== process.pid && process.kill(pid, 0);
  } catch {
    return false;
  }
}
