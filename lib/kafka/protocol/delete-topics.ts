import { type Answer, answer } from './answer';
import type { Protocol } from './wire';

/** DeleteTopics 5. */
export const deleteTopics: Protocol<
  { readonly names: readonly string[]; readonly timeoutMs: number },
  (Answer & { readonly name: string })[]
> = {
  name: 'DeleteTopics',
  apiKey: 20,
  version: 5,
  flexible: true,
  write: (writer, { names, timeoutMs }) => {
    writer.array(names, (name) => writer.string(name));
    writer.int32(timeoutMs).end();
  },
  read: (reader) => {
    reader.skip(4);
    return reader.array(() => reader.end({ name: reader.string(), ...answer(reader) }));
  },
};
