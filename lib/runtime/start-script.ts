import { brokerPrincipal, type Environment, type KafkaNode, type KraftMetadata, type ResolvedZookeeper } from '../model';
import type { Addressing } from './addressing';
import type { ImageFamily } from './image-family';
import { configDirectory, type SecretFile } from './process';
import { initialControllers, zookeeperConnect } from './quorum';
import { brokerPasswordSecret, secretPath, storePasswordSecret, storePath } from './secrets';
import { interBrokerScram } from './security';
import { serverPropertiesPath } from './server-properties';
import { shellWord } from './shell';
import { clusterCheck, secretChecks, spaceCheck } from './start-checks';
import { logDirectories } from './storage';

/** Where a node finds how to start. */
export const startScriptPath = `${configDirectory}/start.sh`;

/** How often SCRAM hashes a password; Kafka's own default, and its minimum. */
const scramIterations = 4096;

// The agents and the heap of the server are not for its tools: their ports would be taken when the server starts. Nor is its compiler:
// a tool ends before that pays, and takes half the processor's time without.
const tool = (program: string): string =>
  `KAFKA_OPTS= KAFKA_JMX_OPTS= KAFKA_HEAP_OPTS=-Xmx256m KAFKA_JVM_PERFORMANCE_OPTS='-XX:+UseSerialGC -XX:TieredStopAtLevel=1' ${program}`;

/** Makes a file in `/tmp` that nobody else can read; a secret goes through it and never through an argument or a rendered file. */
const privateFile = (variable: string): string => `${variable}=$(mktemp /tmp/kafkon.XXXXXX)`;

/** Runs the command, then removes the files whatever came of it. */
const thenRemove = (command: string, ...files: readonly string[]): string[] => [
  'status=0',
  `${command} || status=$?`,
  `rm -f ${files.map((file) => `"$${file}"`).join(' ')}`,
  '[ "$status" -eq 0 ] || exit "$status"',
];

const indented = (lines: readonly string[]): string[] => lines.map((line) => `  ${line}`);

/** With ZooKeeper a broker asks there whose data it has, and refuses by itself. */
function needsPreparation(directories: readonly string[], clusterId: string | undefined): string[] {
  const known = clusterId === undefined ? [] : clusterCheck('directory', clusterId);
  return [
    'new=no',
    `for directory in ${directories.map(shellWord).join(' ')}; do`,
    '  mkdir -p "$directory"',
    ...indented(spaceCheck('directory')),
    ...(known.length === 0
      ? ['  [ -f "$directory/meta.properties" ] || new=yes']
      : ['  if [ -f "$directory/meta.properties" ]; then', ...indented(indented(known)), '  else', '    new=yes', '  fi']),
    'done',
  ];
}

function quorumArguments(environment: Environment, metadata: KraftMetadata, addressing: Addressing): string[] {
  if (metadata.quorum === 'static') return [];
  const first = initialControllers(environment, metadata, addressing);
  const ids = first.map((controller) => controller.split('@')[0]).join('|');
  return [
    `case $(sed -n 's/^node\\.id=//p' ${serverPropertiesPath}) in`,
    ...(first.length === 0 ? [] : [`  ${ids}) printf '%s\\n' --initial-controllers ${shellWord(first.join(','))} >>"$arguments" ;;`]),
    `  *) printf '%s\\n' --no-initial-controllers >>"$arguments" ;;`,
    'esac',
  ];
}

/** A KRaft node formats its directories once; a directory that is there is left alone, so that a second start changes nothing. */
function formatting(environment: Environment, metadata: KraftMetadata, family: ImageFamily, addressing: Addressing): string[] {
  const { clusterId } = environment;
  if (clusterId === undefined) return ['echo "the environment has no clusterId" >&2', 'exit 1'];
  const scram = interBrokerScram(environment);
  return [
    privateFile('arguments'),
    `printf '%s\\n' format --ignore-formatted --cluster-id ${shellWord(clusterId)} --config ${serverPropertiesPath} >"$arguments"`,
    ...quorumArguments(environment, metadata, addressing),
    ...(scram === undefined
      ? []
      : [
          `printf '%s\\n%s=[name=%s,iterations=%s,password=%s]\\n' --add-scram ${scram} ${brokerPrincipal(environment.name)} ${scramIterations} "$(cat ${secretPath(brokerPasswordSecret)})" >>"$arguments"`,
        ]),
    ...thenRemove(tool(`${family.programs.storage} "@$arguments"`), 'arguments'),
  ];
}

/** With ZooKeeper the brokers' own user must be there before the first broker can reach another. */
function firstUser(environment: Environment, metadata: ResolvedZookeeper, family: ImageFamily, addressing: Addressing): string[] {
  const scram = interBrokerScram(environment);
  if (scram === undefined) return [];
  const secured = metadata.security === 'mtls';
  const user = brokerPrincipal(environment.name);
  const client = [
    `--zookeeper ${shellWord(zookeeperConnect(metadata, addressing))}`,
    ...(secured ? ['--zk-tls-config-file "$zookeeper"'] : []),
    `--entity-type users --entity-name ${user}`,
  ].join(' ');
  const configs = tool(family.programs.configs);
  return [
    privateFile('user'),
    `printf '%s=iterations=%s,password=%s\\n' ${scram} ${scramIterations} "$(sed 's/\\\\/\\\\\\\\/g' ${secretPath(brokerPasswordSecret)})" >"$user"`,
    ...(secured ? zookeeperClientFile() : []),
    'create() {',
    `  known=$(${configs} ${client} --describe) || return`,
    '  case $known in',
    `    *${scram}=*) ;;`,
    `    *) ${configs} ${client} --alter --add-config-file "$user" ;;`,
    '  esac',
    '}',
    ...thenRemove('create', 'user', ...(secured ? ['zookeeper'] : [])),
  ];
}

/** Kafka's tool for ZooKeeper resolves no references, so it gets a file of its own. */
function zookeeperClientFile(): string[] {
  const settings = [
    'zookeeper.ssl.client.enable=true',
    'zookeeper.clientCnxnSocket=org.apache.zookeeper.ClientCnxnSocketNetty',
    'zookeeper.ssl.keystore.type=PKCS12',
    `zookeeper.ssl.keystore.location=${storePath('broker', 'keystore.p12')}`,
    'zookeeper.ssl.truststore.type=PKCS12',
    `zookeeper.ssl.truststore.location=${storePath('broker', 'truststore.p12')}`,
  ];
  return [
    privateFile('zookeeper'),
    `printf '%s\\n' ${settings.join(' ')} >"$zookeeper"`,
    `password=$(sed 's/\\\\/\\\\\\\\/g' ${secretPath(storePasswordSecret)})`,
    `printf 'zookeeper.ssl.%s.password=%s\\n' keystore "$password" truststore "$password" >>"$zookeeper"`,
    'unset password',
  ];
}

/**
 * The image's own start would map them; we start in its stead. A JVM that an archive does not fit goes on without it. Options of the
 * environment come later, so they can name another one.
 */
function mappedClasses({ classArchive }: ImageFamily): string[] {
  if (classArchive === undefined) return [];
  return [
    `if [ -r ${classArchive} ]; then`,
    `  export KAFKA_JVM_PERFORMANCE_OPTS="\${KAFKA_JVM_PERFORMANCE_OPTS-} -XX:SharedArchiveFile=${classArchive}"`,
    'fi',
  ];
}

/**
 * What runs before a Kafka node and then becomes it, so that a signal to stop reaches Java. POSIX, writes to the volumes and `/tmp`
 * alone, and the same for all nodes of a pool. `secrets` are looked at first.
 * @default secrets - none
 */
export function kafkaStartScript(
  environment: Environment,
  node: KafkaNode,
  family: ImageFamily,
  addressing: Addressing,
  secrets: readonly SecretFile[] = [],
): string {
  const { metadata } = environment;
  const preparation =
    metadata.mode === 'kraft'
      ? formatting(environment, metadata, family, addressing)
      : firstUser(environment, metadata, family, addressing);
  const lines = [
    '#!/bin/sh',
    'set -eu',
    ...secretChecks(secrets),
    ...needsPreparation(logDirectories(node.disks), metadata.mode === 'kraft' ? environment.clusterId : undefined),
    ...(preparation.length === 0 ? [] : ['if [ "$new" = yes ]; then', ...indented(preparation), 'fi']),
    ...mappedClasses(family),
    `exec ${family.programs.kafka} ${serverPropertiesPath}`,
  ];
  return `${lines.join('\n')}\n`;
}
