import type { Listener } from '../model';

/** Who is where: the one thing about a running cluster that only the platform knows. */
export interface Addressing {
  /** The name by which the other nodes reach a Kafka node. */
  kafkaHost(id: number): string;
  /** Further names by which clients may reach a Kafka node. Its certificate has to have them. @default - none */
  kafkaAliases?(id: number): readonly string[];
  /** The name by which Kafka and the other servers reach a ZooKeeper server. */
  zookeeperHost(id: number): string;
  /**
   * Further names of a ZooKeeper server: what its address is called by those who look it up, as the servers of a secured quorum do
   * with each other. Its certificate has to have them. @default - none
   */
  zookeeperAliases?(id: number): readonly string[];
  /** The port a broker binds for a listener; Docker may need another for each broker. */
  bindPort(listener: Listener, id: number): number;
  /** The address that a broker gives to the clients of a listener. */
  advertised(listener: Listener, id: number): { readonly host: string; readonly port: number };
  /** The name by which the processes of the environment reach a companion, `schema-registry` for example. */
  companionHost(component: string): string;
  /**
   * Where tools outside reach the JMX port of a node, which it has to tell them itself. @default - nowhere: the port is
   * `monitoring.jmxPort`, for tools that see the node by its own name
   */
  remoteJmx?(id: number): { readonly host: string; readonly port: number } | undefined;
}
