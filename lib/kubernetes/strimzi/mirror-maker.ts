import type { Construct } from 'constructs';
import { type Companion, type Environment, kubernetesSecret } from '../../model';
import { defaultReplication } from '../../runtime';
import { createStrimzi, type MirrorSource } from '../custom-resources/strimzi';
import { companionName } from '../names';
import { ownCluster, storageReplication, workers } from './connect';
import { strimziMetadata } from './names';

/** A foreign cluster is trusted by the certificates of the Java that runs the workers. */
function remoteCluster(environment: Environment, { remote }: Companion<'mirrorMaker'>): MirrorSource {
  const { alias, bootstrapServers, security, user = '', secret = '' } = remote;
  const { name: secretName, key: password } = kubernetesSecret(environment, secret);
  return {
    alias,
    bootstrapServers: bootstrapServers.join(','),
    ...(security === 'plaintext' ? {} : { tls: { trustedCertificates: [] } }),
    ...(security === 'scram'
      ? { authentication: { type: 'scram-sha-512', username: user, passwordSecret: { secretName, password } } }
      : {}),
  };
}

/** MirrorMaker 2, where the environment has it. Its workers keep their state in the cluster they copy to. */
export function createMirrorMaker(scope: Construct, environment: Environment): void {
  const companion = environment.companions.mirrorMaker;
  if (companion === undefined) return;
  const { factor } = defaultReplication(environment);
  const own: MirrorSource = { alias: environment.name, ...ownCluster(environment, 'mirror-maker') };
  const remote = remoteCluster(environment, companion);
  const [source, target] = companion.direction === 'to' ? [own, remote] : [remote, own];
  const group = 'mirrormaker2-cluster';
  const { 'strimzi.io/cluster': _, ...labels } = strimziMetadata(environment, 'mirror-maker', '').labels;
  const metadata = { ...strimziMetadata(environment, 'mirror-maker', companionName('mirror-maker')), labels };
  createStrimzi(scope, 'MirrorMaker', 'KafkaMirrorMaker2', metadata, {
    ...workers(environment, 'mirror-maker', companion),
    target: {
      ...target,
      groupId: group,
      configStorageTopic: `${group}-configs`,
      offsetStorageTopic: `${group}-offsets`,
      statusStorageTopic: `${group}-status`,
      config: storageReplication(environment),
    },
    mirrors: [
      {
        source,
        sourceConnector: {
          config: { 'replication.factor': factor, 'offset-syncs.topic.replication.factor': factor, ...companion.config },
        },
        checkpointConnector: { config: { 'checkpoints.topic.replication.factor': factor, 'sync.group.offsets.enabled': true } },
        topicsPattern: companion.topics.join(','),
        groupsPattern: companion.groups.join(','),
      },
    ],
  });
}
