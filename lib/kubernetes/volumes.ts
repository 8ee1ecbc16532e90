import { posix } from 'node:path';
import { derivedName, dnsLabelLimit, type Environment } from '../model';
import { agentDirectory, type Process, type SecretFile } from '../runtime';
import { fileSubPath } from './config-map';
import type { k8s } from './k8s';
import { secretKeyOf } from './secret-key';

/** The volumes of a pod and where its main container mounts them. */
export interface PodVolumes {
  readonly volumes: readonly k8s.Volume[];
  readonly mounts: readonly k8s.VolumeMount[];
}

/** The volume that the init container fills with the agents. */
export const agentVolume = 'agents';
const configVolume = 'config';
/** Readable by the owner and by the pod's group, which is the user's own. */
const secretMode = 0o440;

/** Everything a process reads and writes, save its claims, which a StatefulSet adds by itself. */
export function podVolumes(environment: Environment, process: Process, configMapName: string): PodVolumes {
  const parts = [
    configFiles(process, configMapName),
    secretDirectories(environment, process.secretFiles),
    agents(process),
    scratch(process),
    { volumes: [], mounts: process.volumes.map((volume) => ({ name: volume.name, mountPath: volume.path })) },
  ];
  return { volumes: parts.flatMap((part) => part.volumes), mounts: parts.flatMap((part) => part.mounts) };
}

/** Each file is mounted on its own: a node's own files and the shared ones may lie in one directory. */
function configFiles(process: Process, configMapName: string): PodVolumes {
  if (process.files.length === 0) return { volumes: [], mounts: [] };
  return {
    volumes: [{ name: configVolume, configMap: { name: configMapName, defaultMode: 0o444 } }],
    mounts: process.files.map((file) => ({ name: configVolume, mountPath: file.path, readOnly: true, ...fileSubPath(file) })),
  };
}

/** Secrets are mounted as directories, so that a renewed certificate reaches the running pod; a file mounted alone would not. */
function secretDirectories(environment: Environment, files: readonly SecretFile[]): PodVolumes {
  const directories = outermost(files.map((file) => posix.dirname(file.path)));
  const named = directories.map((directory) => ({ directory, name: derivedName(dnsLabelLimit, 'secrets', directory.slice(1)) }));
  return {
    volumes: named.map(({ directory, name }) => ({
      name,
      projected: { defaultMode: secretMode, sources: projections(environment, directory, files) },
    })),
    mounts: named.map(({ directory, name }) => ({ name, mountPath: directory, readOnly: true })),
  };
}

function projections(environment: Environment, directory: string, files: readonly SecretFile[]): k8s.VolumeProjection[] {
  const items = new Map<string, k8s.KeyToPath[]>();
  const inside = files.filter((file) => file.path.startsWith(`${directory}/`));
  for (const file of inside.sort((a, b) => (a.path < b.path ? -1 : 1))) {
    const { name, key } = secretKeyOf(environment, file);
    const path = file.path.slice(directory.length + 1);
    items.set(name, [...(items.get(name) ?? []), { key, path }]);
  }
  return [...items].sort(([a], [b]) => (a < b ? -1 : 1)).map(([name, keys]) => ({ secret: { name, items: keys } }));
}

/** The directories that lie in no other one of the list, sorted. */
function outermost(directories: readonly string[]): string[] {
  const unique = [...new Set(directories)].sort();
  return unique.filter((directory) => !unique.some((other) => directory.startsWith(`${other}/`)));
}

function agents(process: Process): PodVolumes {
  if (!process.needsAgents) return { volumes: [], mounts: [] };
  return {
    volumes: [{ name: agentVolume, emptyDir: {} }],
    mounts: [{ name: agentVolume, mountPath: agentDirectory, readOnly: true }],
  };
}

/** Java and every shell want a /tmp, and the root is read-only. */
function scratch(process: Process): PodVolumes {
  const named = [...new Set([...process.scratch, '/tmp'])]
    .sort()
    .map((path) => ({ path, name: derivedName(dnsLabelLimit, 'scratch', path.slice(1)) }));
  return {
    volumes: named.map(({ name }) => ({ name, emptyDir: {} })),
    mounts: named.map(({ name, path }) => ({ name, mountPath: path })),
  };
}
