import type { Construct } from 'constructs';
import {
  accountSecret,
  type Companion,
  companionListener,
  type Environment,
  imageReference,
  kubernetesSecret,
  resolveImage,
} from '../../model';
import { defaultReplication } from '../../runtime';
import { type ConnectGroup, createStrimzi, type StrimziConfig, type StrimziLogin, type StrimziTrust } from '../custom-resources/strimzi';
import { companionName, serviceHost } from '../names';
import { authoritySecret, bootstrapName, strimziMetadata } from './names';
import { strimziContainer, workerPod } from './pods';
import { strimziJvm, strimziResources } from './sizes';

/** How a worker reaches the environment's own cluster, and who it is there. */
export function ownCluster(
  environment: Environment,
  account: string,
): { readonly bootstrapServers: string; readonly tls?: StrimziTrust; readonly authentication?: StrimziLogin } {
  const listener = companionListener(environment);
  const { name: secretName, key: password } = kubernetesSecret(environment, accountSecret(environment, account));
  return {
    bootstrapServers: `${serviceHost(environment, bootstrapName(environment))}:${listener?.port}`,
    ...((listener?.security ?? 'plaintext') === 'plaintext'
      ? {}
      : { tls: { trustedCertificates: [{ secretName: authoritySecret(environment), pattern: '*.crt' }] } }),
    ...(listener?.security === 'scram'
      ? { authentication: { type: 'scram-sha-512', username: account, passwordSecret: { secretName, password } } }
      : {}),
  };
}

/** How often the topics in which workers keep their state are copied. */
export function storageReplication(environment: Environment): StrimziConfig {
  const { factor } = defaultReplication(environment);
  return Object.fromEntries(['config', 'offset', 'status'].map((what) => [`${what}.storage.replication.factor`, factor]));
}

/** What all workers have: image, size, place. */
export function workers(environment: Environment, component: string, companion: Companion<'connect' | 'mirrorMaker'>) {
  const { repository, tag } = companion.image ?? {};
  const image = repository === undefined || tag === undefined ? undefined : resolveImage({ repository, tag }, companion.image);
  return {
    version: environment.kafka.version.release,
    replicas: companion.replicas,
    ...(image === undefined ? {} : { image: imageReference(image) }),
    resources: strimziResources(companion.memory, { request: companion.cpu }),
    jvmOptions: strimziJvm(companion.memory / 2),
    template: { pod: workerPod(environment, component, companion.replicas), connectContainer: strimziContainer },
  };
}

/** Kafka Connect, where the environment has it. */
export function createConnect(scope: Construct, environment: Environment): void {
  const companion = environment.companions.connect;
  if (companion === undefined) return;
  const prefix = companion.topicPrefix;
  const group: ConnectGroup = {
    ...ownCluster(environment, 'connect'),
    groupId: companion.group,
    configStorageTopic: `${prefix}configs`,
    offsetStorageTopic: `${prefix}offsets`,
    statusStorageTopic: `${prefix}status`,
    config: {
      'key.converter': 'org.apache.kafka.connect.json.JsonConverter',
      'value.converter': 'org.apache.kafka.connect.json.JsonConverter',
      ...storageReplication(environment),
      ...companion.config,
    },
  };
  const { 'strimzi.io/cluster': _, ...labels } = strimziMetadata(environment, 'connect', '').labels;
  const metadata = { ...strimziMetadata(environment, 'connect', companionName('connect')), labels };
  createStrimzi(scope, 'Connect', 'KafkaConnect', metadata, { ...workers(environment, 'connect', companion), ...group });
}
