import { type Answer, answer } from './answer';
import type { ConfigResource } from './describe-configs';
import type { Protocol } from './wire';

export interface ConfigChanges {
  /** Null resets a setting. */
  readonly resources: readonly (ConfigResource & { readonly changes: readonly (readonly [key: string, value: string | null])[] })[];
  readonly validateOnly: boolean;
}

/** IncrementalAlterConfigs 1: settings that are not named stay as they are. */
export const incrementalAlterConfigs: Protocol<ConfigChanges, (Answer & ConfigResource)[]> = {
  name: 'IncrementalAlterConfigs',
  apiKey: 44,
  version: 1,
  flexible: true,
  write: (writer, { resources, validateOnly }) => {
    writer.array(resources, ({ type, name, changes }) => {
      writer.int8(type).string(name);
      writer.array(changes, ([key, value]) =>
        writer
          .string(key)
          .int8(value === null ? 1 : 0)
          .string(value)
          .end(),
      );
      writer.end();
    });
    writer.boolean(validateOnly).end();
  },
  read: (reader) => {
    reader.skip(4);
    return reader.array(() => reader.end({ ...answer(reader), type: reader.int8(), name: reader.string() }));
  },
};
