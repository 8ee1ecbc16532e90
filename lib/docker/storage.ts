import { Volume as DockerVolume } from '@cdktf/provider-docker/lib/volume';
import type { Construct } from 'constructs';
import type { Environment } from '../model';
import type { Process } from '../runtime';
import { hostDirectory } from './host-directory';
import { type Identity, labelsOf } from './labels';
import { literal } from './literal';
import type { Mount } from './mount';
import { logicalId, volumeName } from './names';

/** A directory that outlives every container, and whose it has to be. */
export interface StoredDirectory {
  /** How the process sees it. */
  readonly mount: Mount;
  /** Its path below the data directory; absent for a named volume. */
  readonly below?: string;
  readonly user: number;
}

/** A named volume. Any change of its labels or options would replace it, and nothing but `down --volumes` may lose data. */
export function createVolume(scope: Construct, name: string, identity: Identity, preventDestroy: boolean): DockerVolume {
  const volume = new DockerVolume(scope, `volume ${name}`, {
    name,
    labels: labelsOf(identity).map(({ label, value }) => ({ label, value: literal(value) })),
    lifecycle: { preventDestroy, ignoreChanges: ['labels', 'driver', 'driver_opts'] },
  });
  volume.overrideLogicalId(logicalId(name));
  return volume;
}

/** The data directories of a process: named volumes, or directories of the host where the environment names one. */
export function storedDirectories(scope: Construct, environment: Environment, process: Process): readonly StoredDirectory[] {
  const { dataDirectory } = environment.platform.docker;
  const { name, component, id, user } = process;
  return process.volumes.map((disk) => {
    if (dataDirectory !== undefined) {
      const below = `${name}/${disk.name}`;
      const source = `${hostDirectory(scope, 'data_directory', dataDirectory)}/${below}`;
      return { mount: { type: 'bind', source, target: disk.path }, below, user };
    }
    const volume = createVolume(scope, volumeName(environment, name, disk.name), { environment, component, id }, true);
    return { mount: { type: 'volume', source: volume.name, target: disk.path }, user };
  });
}
