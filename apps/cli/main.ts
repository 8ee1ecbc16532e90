#!/usr/bin/env node
import { expectShortLife } from './short-life';

// Before anything else is loaded.
expectShortLife();

import { isatty } from 'node:tty';
import { cacheDirectory } from './cache-directory';
import { loadProgram } from './load-program';

/** A mistake of ours, as against one of the caller's; the number is that of sysexits' EX_SOFTWARE. */
const internalError = 70;
/** As a shell reports a program stopped by Ctrl-C. */
const interrupted = 130;

const words = process.argv.slice(2);
const cachedIn = cacheDirectory(process.env);
const { Cancelled, nodeContext, runProgram } = loadProgram(words[0], cachedIn);
const context = nodeContext(
  {
    out: (text) => process.stdout.write(text),
    err: (text) => process.stderr.write(text),
    // Asking `process.stdin` would open it, for which Node loads what few commands need.
    interactive: isatty(0) && isatty(1),
  },
  cachedIn,
);

// A reader that has seen enough (`kafkon show … | head`) is no failure.
process.stdout.on('error', (error: NodeJS.ErrnoException) => {
  if (error.code === 'EPIPE') process.exit(0);
  throw error;
});

// Nor is one who has seen enough of the progress; what is done is finished all the same.
process.stderr.on('error', (error: NodeJS.ErrnoException) => {
  if (error.code !== 'EPIPE') throw error;
});

runProgram(words, context).then(
  (code) => {
    process.exitCode = code;
  },
  (error: unknown) => {
    if (error instanceof Cancelled) {
      process.stderr.write(`${error.message}\n`);
      process.exitCode = interrupted;
      return;
    }
    process.stderr.write(`this is a mistake in kafkon, please report it:\n${error instanceof Error ? error.stack : String(error)}\n`);
    process.exitCode = internalError;
  },
);
