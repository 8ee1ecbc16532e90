/** Broker settings that are rendered from other fields, and where to say it instead. A `*` at the end stands for any ending. */
const owned: readonly (readonly [pattern: string, remedy: string])[] = [
  ['advertised.listeners', 'say it under listeners and platform.*.listeners'],
  ['authorizer.class.name', 'say it with authorization'],
  ['broker.id', 'say it with nodePools[].ids'],
  ['broker.id.generation.enable', 'ids are written down in nodePools[].ids'],
  ['broker.rack', 'say it with nodePools[].zone'],
  ['controller.listener.names', 'say it under metadata'],
  ['controller.quorum.bootstrap.servers', 'say it under metadata'],
  ['controller.quorum.voters', 'say it under metadata'],
  ['inter.broker.listener.name', 'say it with interBrokerListener'],
  ['listener.security.protocol.map', 'say it with listeners[].security'],
  ['listeners', 'say it under listeners'],
  ['log.dir', 'say it with nodePools[].disks'],
  ['log.dirs', 'say it with nodePools[].disks'],
  ['metadata.log.dir', 'say it with nodePools[].disks'],
  ['node.id', 'say it with nodePools[].ids'],
  ['process.roles', 'say it with nodePools[].roles'],
  ['sasl.*', 'say it with listeners[].security and listeners[].mechanisms'],
  ['security.inter.broker.protocol', 'say it with interBrokerListener'],
  ['ssl.*', 'say it with listeners[].security'],
  ['super.users', 'say it with superUsers'],
  ['zookeeper.connect', 'say it under metadata'],
  ['zookeeper.clientCnxnSocket', 'say it with metadata.security'],
  ['zookeeper.ssl.*', 'say it with metadata.security'],
  ['zookeeper.set.acl', 'say it with metadata.security'],
];

/** Tuning that says nothing about who is trusted or where: it stays the user's. */
const free = new Set([
  'sasl.server.max.receive.size',
  'ssl.cipher.suites',
  'ssl.enabled.protocols',
  'ssl.protocol',
  'ssl.engine.factory.class',
  'ssl.allow.dn.changes',
  'ssl.allow.san.changes',
]);

/** What to do instead of writing a broker setting, or undefined when it may be written. */
export function ownedSetting(key: string): string | undefined {
  const bare = key.replace(/^listener\.name\.[^.]+\./, '');
  if (free.has(bare)) return undefined;
  return owned.find(([pattern]) =>
    pattern.endsWith('*') ? bare.startsWith(pattern.slice(0, -1)) : bare === pattern || key === pattern,
  )?.[1];
}
