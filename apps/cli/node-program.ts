import { randomBytes } from 'node:crypto';
import { join } from 'node:path';
import { nodeFileSystem } from '../../lib/environment';
import { clackPrompter } from './clack-prompter';
import type { Context } from './context';
import { nodeCache } from './node-cache';
import { nodeWriter } from './node-writer';
import { buildId } from './package-directory';
import { roomyFiles } from './roomy-files';

export { Cancelled } from './context';
export { runProgram } from './program';

/** What commands get on this machine. `cachedIn` is where runs leave something to the next. */
export function nodeContext(terminal: Context['terminal'], cachedIn: string | undefined): Context {
  const build = buildId();
  return {
    terminal,
    files: roomyFiles(nodeFileSystem(process.cwd())),
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
}
