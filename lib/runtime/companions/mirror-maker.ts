import type { Companion, Environment } from '../../model';
import type { Addressing } from '../addressing';
import { imageFamilyOf, loggingLibraryOf } from '../image-family';
import { heapOptions } from '../jvm';
import { logging } from '../logging';
import { configDirectory, type Process } from '../process';
import { renderProperties, type SettingValues } from '../properties';
import { secretFile, secretProvider, secretReference } from '../secrets';
import { scramLogin } from '../security';
import { defaultReplication } from '../server-properties';
import { type ClientAccess, clientAccess, prefixed } from './client-access';
import { companionHeap, companionProcess } from './companion-process';

const path = `${configDirectory}/mirror-maker.properties`;

type Remote = Companion<'mirrorMaker'>['remote'];

/** A foreign cluster is trusted by the certificates of the Java that runs us. */
function remoteSettings({ security, user, secret }: Remote): SettingValues {
  if (security === 'plaintext') return {};
  if (security === 'tls') return { 'security.protocol': 'SSL' };
  return {
    'security.protocol': 'SASL_SSL',
    'sasl.mechanism': 'SCRAM-SHA-512',
    'sasl.jaas.config': scramLogin(user ?? '', secret === undefined ? '' : secretReference(secret)),
  };
}

function settings(environment: Environment, companion: Companion<'mirrorMaker'>, access: ClientAccess): SettingValues {
  const { remote, direction } = companion;
  // An alias becomes the prefix of copied topics, so it is as much a name as the topic's own.
  const own = environment.name;
  const [source, target] = direction === 'to' ? [own, remote.alias] : [remote.alias, own];
  const { factor } = defaultReplication(environment);
  return {
    'replication.factor': factor,
    'checkpoints.topic.replication.factor': factor,
    'heartbeats.topic.replication.factor': factor,
    'offset-syncs.topic.replication.factor': factor,
    'config.storage.replication.factor': factor,
    'offset.storage.replication.factor': factor,
    'status.storage.replication.factor': factor,
    'sync.group.offsets.enabled': true,
    ...companion.config,
    ...secretProvider,
    clusters: `${own},${remote.alias}`,
    ...prefixed(`${own}.`, { 'bootstrap.servers': access.addresses.join(','), ...access.settings }),
    ...prefixed(`${remote.alias}.`, { 'bootstrap.servers': remote.bootstrapServers.join(','), ...remoteSettings(remote) }),
    [`${source}->${target}.enabled`]: true,
    [`${source}->${target}.topics`]: companion.topics.join(','),
    [`${source}->${target}.groups`]: companion.groups.join(','),
    [`${target}->${source}.enabled`]: false,
  };
}

/** MirrorMaker 2 on its own, in the image of the brokers: it serves nothing and is alive while it runs. */
export function mirrorMakerProcess(environment: Environment, addressing: Addressing): Process | undefined {
  const companion = environment.companions.mirrorMaker;
  if (companion === undefined) return undefined;
  const access = clientAccess(environment, addressing, 'mirror-maker');
  const family = imageFamilyOf(environment);
  const log = logging({ library: loggingLibraryOf(environment.kafka.version.line), audit: false });
  const { secret } = companion.remote;
  const process = companionProcess({
    component: 'mirror-maker',
    companion,
    image: environment.kafka.image,
    user: family.user,
    command: [family.programs.mirrorMaker, path],
    stopGraceSeconds: 60,
    parts: {
      env: { KAFKA_HEAP_OPTS: heapOptions(companionHeap(companion)), KAFKA_LOG4J_OPTS: log.option, LOG_DIR: '/tmp' },
      files: [{ path, content: renderProperties(settings(environment, companion, access)) }, log.file],
      secretFiles: [...access.secretFiles, ...(secret === undefined ? [] : [secretFile(secret)])],
    },
  });
  return companion.image === undefined ? { ...process, image: environment.kafka.image } : process;
}
