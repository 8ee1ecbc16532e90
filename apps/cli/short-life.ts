import { setFlagsFromString } from 'node:v8';

/** Of Node 20. Later ones say on stderr that they know no such setting, and have a compiler between, that needs none. */
const hasInterruptBudget = Number.parseInt(process.versions.v8, 10) < 12;

/**
 * Tells V8 that this program lives a second, where it prepares for hours. It reads these settings each time it needs them, so they have
 * to be said before anything else is loaded.
 */
export function expectShortLife(): void {
  // Keeps the part of the heap where objects are made at its first size, a megabyte. It would grow to sixteen and, being copied from one
  // half to the other, take twice that: for 1,000 topics a fifth of the whole process, and no time is won by it.
  setFlagsFromString('--semi-space-growth-factor=1');
  // How far the old part of the heap grows, in percent, before it is collected again: by default up to four times what was alive. Asking a
  // broker again and again for thousands of entries would leave as much garbage as that allows.
  setFlagsFromString('--heap-growing-percent=75');
  // What was compiled stays, used or not, so that all of it can be left to the next run.
  setFlagsFromString('--no-flush-bytecode');
  // How much a function does before it is compiled with all optimizations: fifteen times the default. Compiling takes longer than most
  // functions then run here, and a second processor; what runs for long is still compiled.
  if (hasInterruptBudget) setFlagsFromString('--interrupt-budget=1000000');
}
