import { configDirectory, type Process, type RuntimeFile } from '../runtime';

/** The key of a file in the ConfigMap: its path below the configuration directory, or its whole path, with dots for slashes. */
function fileKey(path: string): string {
  const below = path.startsWith(`${configDirectory}/`) ? path.slice(configDirectory.length + 1) : path.slice(1);
  return below.replaceAll('/', '..');
}

/** The sub-path of a file in the ConfigMap as a pod mounts it: one template serves all nodes, for each knows its own name. */
export function fileSubPath(file: RuntimeFile): { subPath: string } | { subPathExpr: string } {
  const key = fileKey(file.path);
  return file.perNode === true ? { subPathExpr: `$(POD_NAME).${key}` } : { subPath: key };
}

/** The name of a process' pod in the workload `name`; only nodes with an id have a name that can be known. */
function podNameOf(name: string, process: Process): string {
  return process.id === undefined ? name : `${name}-${process.id}`;
}

/** The data of a pool's ConfigMap: what is shared under its own key, what differs once a node, under the pod's name. */
export function configMapData(name: string, processes: readonly Process[]): Record<string, string> {
  return Object.fromEntries(
    processes.flatMap((process) =>
      process.files.map((file) => {
        const key = fileKey(file.path);
        return [file.perNode === true ? `${podNameOf(name, process)}.${key}` : key, file.content];
      }),
    ),
  );
}
