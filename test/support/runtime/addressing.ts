import type { Addressing } from '../../../lib/runtime';

/** Names that no machine has: whoever runs what was rendered for them has to substitute them first. */
export const testAddressing: Addressing = {
  kafkaHost: (id) => `kafka-${id}.test`,
  zookeeperHost: (id) => `zookeeper-${id}.test`,
  bindPort: (listener) => listener.port,
  advertised: (listener, id) => ({ host: `kafka-${id}.test`, port: listener.port }),
  companionHost: (component) => `${component}.test`,
};
