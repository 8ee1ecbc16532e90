import { accessSync, existsSync, statfsSync } from 'node:fs';
import { createServer } from 'node:net';
import { dirname, resolve } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import type { Host } from './host';

/** This machine. */
export const nodeHost: Host = {
  portIsFree: (port) =>
    new Promise((done) => {
      const server = createServer();
      server.once('error', (error: NodeJS.ErrnoException) => done(error.code !== 'EADDRINUSE'));
      server.listen({ port, host: '0.0.0.0', exclusive: true }, () => server.close(() => done(true)));
    }),
  freeBytes(directory) {
    let path = resolve(directory);
    while (!existsSync(path) && path !== dirname(path)) path = dirname(path);
    try {
      const { bavail, bsize } = statfsSync(path);
      return bavail * bsize;
    } catch {
      return undefined;
    }
  },
  fileExists(path) {
    try {
      accessSync(path);
      return true;
    } catch {
      return false;
    }
  },
  clock: () => performance.now(),
  pause: (milliseconds) => sleep(milliseconds),
};
