#!/usr/bin/env node
import { expectShortLife } from './short-life';

// Before anything else is loaded.
expectShortLife();

import { randomBytes } from 'node:crypto';
import { join } from 'node:path';
import { nodeFileSystem } from '../../lib/environment';
import { cacheDirectory } from './cache-directory';
import { clackPrompter } from './clack-prompter';
import { Cancelled, type Context } from './context';
import { nodeCache } from './node-cache';
import { nodeWriter } from './node-writer';
import { buildId } from './package-directory';
import { runProgram } from './program';

/** A mistake of ours, as against one of the caller's; the number is that of sysexits' EX_SOFTWARE. */
const internalError = 70;
/** As a shell reports a program stopped by Ctrl-C. */
const interrupted = 130;

const build = buildId();
const cachedIn = cacheDirectory(process.env);

const context: Context = {
  terminal: {
    out: (text) => process.stdout.write(text),
    err: (text) => process.stderr.write(text),
    interactive: process.stdin.isTTY === true && process.stdout.isTTY === true,
  },
  files: nodeFileSystem(process.cwd()),
  writer: nodeWriter(process.cwd()),
  prompter: clackPrompter,
  now: new Date(),
  randomBytes,
  currentDirectory: process.cwd(),
  docker: async () => {
    const { engineAddress, nodeEngine, nodeHost, nodeTerraform } = await import('../../lib/lifecycle/index.js');
    return { engine: nodeEngine(engineAddress(process.env)), terraform: nodeTerraform(process.env), host: nodeHost };
  },
  kubernetes: async (target) => {
    const { nodeHost, nodeKubernetesCluster } = await import('../../lib/lifecycle/index.js');
    return { cluster: nodeKubernetesCluster(process.env, target), host: nodeHost };
  },
  connect: async (connection) => (await import('../../lib/kafka/index.js')).clientsFor(connection),
  schemaRegistry: async (connection) => (await import('../../lib/kafka/index.js')).schemaRegistryFor(connection),
  connectCluster: async (connection) => (await import('../../lib/kafka/index.js')).connectClusterFor(connection),
  backups: async () => (await import('../../lib/operate/index.js')).nodeBackupStore(process.cwd()),
  variables: process.env,
  secretStore: async (directory) => (await import('../../lib/lifecycle/index.js')).nodeSecretStore(directory),
  ...(build === undefined || cachedIn === undefined ? {} : { cache: nodeCache(join(cachedIn, 'environments'), build) }),
};

// A reader that has seen enough (`kafkon show … | head`) is no failure.
process.stdout.on('error', (error: NodeJS.ErrnoException) => {
  if (error.code === 'EPIPE') process.exit(0);
  throw error;
});

// Nor is one who has seen enough of the progress; what is done is finished all the same.
process.stderr.on('error', (error: NodeJS.ErrnoException) => {
  if (error.code !== 'EPIPE') throw error;
});

runProgram(process.argv.slice(2), context).then(
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
