import type { ResolvedZookeeper, ZookeeperNode } from '../model';
import type { ImageFamily } from './image-family';
import { configDirectory } from './process';
import { secretPath, storePasswordSecret } from './secrets';
import { shellWord } from './shell';
import { literalPasswordKeys, readsPasswordFiles, zooCfgPath, zookeeperDirectories } from './zookeeper-properties';

/** Where a server finds its id. */
export const myidPath = `${configDirectory}/myid`;

/**
 * What runs before a ZooKeeper server and then becomes it. It refuses data that another server left: a volume in the wrong place
 * would make one member vote twice.
 */
export function zookeeperStartScript(
  metadata: ResolvedZookeeper,
  node: ZookeeperNode,
  family: ImageFamily,
  zookeeperVersion: string | undefined,
): string {
  const { data, log } = zookeeperDirectories(node);
  const directories = [data, ...(log === undefined ? [] : [log])].map(shellWord).join(' ');
  const myid = `${shellWord(data)}/myid`;
  const composed = metadata.security === 'mtls' && !readsPasswordFiles(zookeeperVersion);
  const lines = [
    '#!/bin/sh',
    'set -eu',
    `mkdir -p ${directories}`,
    `if [ -f ${myid} ] && [ "$(cat ${myid})" != "$(cat ${myidPath})" ]; then`,
    `  echo "${data} belongs to server $(cat ${myid}), this is server $(cat ${myidPath})" >&2`,
    '  exit 1',
    'fi',
    `cat ${myidPath} >${myid}`,
    `settings=${zooCfgPath}`,
    ...(composed ? withPasswords() : []),
    `exec ${family.programs.zookeeper} "$settings"`,
  ];
  return `${lines.join('\n')}\n`;
}

/** An older ZooKeeper wants the passwords among its settings: then they are put together where they are lost with the container. */
function withPasswords(): string[] {
  return [
    'settings=/tmp/zoo.cfg',
    '(umask 077; : >"$settings")',
    `cat ${zooCfgPath} >"$settings"`,
    `password=$(sed 's/\\\\/\\\\\\\\/g' ${secretPath(storePasswordSecret)})`,
    `for key in ${literalPasswordKeys.join(' ')}; do`,
    '  printf \'%s=%s\\n\' "$key" "$password" >>"$settings"',
    'done',
    'unset password',
  ];
}
