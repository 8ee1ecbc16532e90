import type { Disk } from '../model';
import type { Volume } from './process';

/** Where the volumes of a component are mounted. */
const roots = { kafka: '/var/lib/kafka', zookeeper: '/var/lib/zookeeper' } as const;

/** The mount point of a disk. */
export function diskPath(component: keyof typeof roots, disk: Disk): string {
  return `${roots[component]}/${disk.name}`;
}

/** A volume for every disk. */
export function volumesOf(component: keyof typeof roots, disks: readonly Disk[]): readonly Volume[] {
  return disks.map((disk) => ({ name: disk.name, path: diskPath(component, disk), size: disk.size }));
}

/** The disk for the program's own logs (Kafka) or the transaction log (ZooKeeper), where there is one. */
export function logDisk(disks: readonly Disk[]): Disk | undefined {
  return disks.find((disk) => disk.purpose === 'logs');
}

/**
 * Kafka's log directories, one a data disk, in the order declared; the first holds KRaft's metadata. Each is a folder inside the
 * volume: Kafka refuses a directory that has a file system's `lost+found` in it.
 */
export function logDirectories(disks: readonly Disk[]): readonly string[] {
  return disks.filter((disk) => disk.purpose === 'data').map((disk) => `${diskPath('kafka', disk)}/log`);
}
