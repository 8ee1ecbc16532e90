import type { Protocol } from './wire';

export interface Metadata {
  readonly brokers: readonly { readonly id: number; readonly host: string; readonly port: number; readonly rack: string | null }[];
  readonly clusterId: string;
  /** -1 for none. */
  readonly controllerId: number;
  readonly topics: readonly {
    readonly code: number;
    readonly name: string;
    readonly internal: boolean;
    readonly partitions: readonly { readonly id: number; readonly leader: number; readonly replicas: number[]; readonly isr: number[] }[];
  }[];
}

/** Metadata 9, of the topics named, or of all (null). It never creates a topic. */
export const metadata: Protocol<readonly string[] | null, Metadata> = {
  name: 'Metadata',
  apiKey: 3,
  version: 9,
  flexible: true,
  write: (writer, topics) => {
    writer.array(topics, (name) => writer.string(name).end());
    writer.boolean(false).boolean(false).boolean(false).end();
  },
  read: (reader) => {
    reader.skip(4);
    const brokers = reader.array(() =>
      reader.end({ id: reader.int32(), host: reader.string(), port: reader.int32(), rack: reader.nullableString() }),
    );
    const clusterId = reader.string();
    const controllerId = reader.int32();
    const topics = reader.array(() => {
      const topic = { code: reader.int16(), name: reader.string(), internal: reader.boolean(), partitions: reader.array(partition) };
      reader.skip(4);
      return reader.end(topic);
    });
    return { brokers, clusterId, controllerId, topics };

    function partition() {
      reader.skip(2);
      const id = reader.int32();
      const leader = reader.int32();
      reader.skip(4);
      const replicas = reader.int32s();
      const isr = reader.int32s();
      reader.int32s();
      return reader.end({ id, leader, replicas, isr });
    }
  },
};
