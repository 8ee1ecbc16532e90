import type { Protocol } from './wire';

export interface Coordinator {
  readonly code: number;
  readonly message: string | null;
  readonly node: number;
}

/** FindCoordinator 3, of a group or of a transactional id. */
export const findCoordinator: Protocol<{ readonly key: string; readonly of: 'group' | 'transaction' }, Coordinator> = {
  name: 'FindCoordinator',
  apiKey: 10,
  version: 3,
  flexible: true,
  write: (writer, { key, of }) => {
    writer
      .string(key)
      .int8(of === 'group' ? 0 : 1)
      .end();
  },
  read: (reader) => {
    reader.skip(4);
    return { code: reader.int16(), message: reader.nullableString(), node: reader.int32() };
  },
};
