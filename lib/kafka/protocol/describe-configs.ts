import { type Answer, answer } from './answer';
import { type Protocol, Writer } from './wire';

/** Kafka's number of each kind of resource that has settings. */
export const configResource = { topic: 2, broker: 4 } as const;

export interface ConfigResource {
  readonly type: number;
  /** Of a broker its id; empty for the settings of all brokers. */
  readonly name: string;
}

export interface DescribedConfigs extends Answer, ConfigResource {
  readonly entries: readonly { readonly key: string; readonly value: string | null; readonly source: number }[];
}

/** DescribeConfigs 4: of each resource the keys named, or all of them (null). */
export const describeConfigs: Protocol<readonly (ConfigResource & { readonly keys: readonly string[] | null })[], DescribedConfigs[]> = {
  name: 'DescribeConfigs',
  apiKey: 32,
  version: 4,
  flexible: true,
  write: (writer, resources) => {
    // Mostly the same keys are asked of thousands: they are written once, and copied.
    const written = new Map<readonly string[] | null, Buffer>();
    const packed = (keys: readonly string[] | null) => {
      const bytes = written.get(keys) ?? new Writer(writer.flexible).strings(keys).written;
      written.set(keys, bytes);
      return bytes;
    };
    writer.array(resources, ({ type, name, keys }) => writer.int8(type).string(name).raw(packed(keys)).end());
    writer.boolean(false).boolean(false).end();
  },
  read: (reader) => {
    reader.skip(4);
    return reader.array(() => reader.end({ ...answer(reader), type: reader.int8(), name: reader.string(), entries: reader.array(entry) }));

    function entry() {
      const key = reader.string();
      const value = reader.nullableString();
      reader.skip(1);
      const source = reader.int8();
      reader.skip(1);
      reader.array(skipSynonym);
      reader.skip(1);
      reader.skipString();
      return reader.end({ key, value, source });
    }

    function skipSynonym() {
      reader.skipStrings(2);
      reader.skip(1);
      reader.end(undefined);
    }
  },
};
