import type { Environment, Platform } from '../../lib/model';
import type { Context } from './context';

/** What a platform needs to run an environment: files by name, and how they are written. */
export interface PlatformFiles {
  readonly files: ReadonlyMap<string, string>;
  readonly write: (writer: Context['writer'], directory: string) => Promise<void> | void;
}

/**
 * The files of an environment on a platform. Each platform's library is loaded when it is first asked for: it costs more than all the
 * rest, and whoever uses one platform need not have the other one's installed.
 */
export async function platformFiles(platform: Platform, environment: Environment): Promise<PlatformFiles> {
  if (platform === 'kubernetes') {
    const { manifestsOf } = await import('../../lib/kubernetes/index.js');
    const files = manifestsOf(environment);
    return { files, write: (writer, directory) => writer.replaceDirectory(directory, files) };
  }
  const { terraformOf } = await import('../../lib/docker/index.js');
  const files = terraformOf(environment);
  return { files, write: (writer, directory) => writer.updateDirectory(directory, files) };
}
