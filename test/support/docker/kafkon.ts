import { randomBytes } from 'node:crypto';
import { join } from 'node:path';
import type { Context } from '../../../apps/cli/context';
import { nodeWriter } from '../../../apps/cli/node-writer';
import { runProgram } from '../../../apps/cli/program';
import { nodeFileSystem } from '../../../lib/environment';
import { clientsFor, connectClusterFor, schemaRegistryFor } from '../../../lib/kafka';
import {
  engineAddress,
  type KubernetesCluster,
  nodeEngine,
  nodeHost,
  nodeKubernetesCluster,
  nodeSecretStore,
  type Terraform,
} from '../../../lib/lifecycle';
import { nodeBackupStore } from '../../../lib/operate';
import { terraformStandIn } from './terraform-stand-in';

/** What a run of the command line printed. */
export interface Run {
  readonly code: number;
  readonly out: string;
  readonly err: string;
}

/**
 * The command line on a real folder and the real engine, with the stand-in for Terraform unless another is given. `overlaid` fits what
 * reaches a Kubernetes cluster to a test.
 */
export function kafkonIn(
  folder: string,
  terraform: Terraform = terraformStandIn(),
  watch: (text: string) => void = () => {},
  overlaid: (cluster: KubernetesCluster) => KubernetesCluster = (cluster) => cluster,
): (...words: readonly string[]) => Promise<Run> {
  return async (...words) => {
    let [out, err] = ['', ''];
    const context: Context = {
      terminal: {
        out: (text) => {
          out += text;
          watch(text);
        },
        err: (text) => {
          err += text;
          watch(text);
        },
        interactive: false,
      },
      files: nodeFileSystem(folder),
      writer: nodeWriter(folder),
      prompter: {
        text: () => Promise.reject(new Error('nobody can be asked')),
        choose: () => Promise.reject(new Error('nobody can be asked')),
      },
      now: new Date(),
      randomBytes,
      currentDirectory: folder,
      docker: async () => ({ engine: nodeEngine(engineAddress(process.env)), terraform, host: nodeHost }),
      kubernetes: async (target) => ({ cluster: overlaid(nodeKubernetesCluster(process.env, target)), host: nodeHost }),
      connect: async (connection) => clientsFor(connection),
      schemaRegistry: async (connection) => schemaRegistryFor(connection),
      connectCluster: async (connection) => connectClusterFor(connection),
      backups: async () => nodeBackupStore(folder),
      variables: process.env,
      secretStore: async (directory) => nodeSecretStore(join(directory)),
    };
    const code = await runProgram(words, context);
    return { code, out, err };
  };
}
