import type { ScramMechanism } from '../../model';
import { type Answer, answer } from './answer';
import type { Protocol } from './wire';

const mechanisms: Readonly<Record<ScramMechanism, number>> = { 'SCRAM-SHA-256': 1, 'SCRAM-SHA-512': 2 };
const mechanismName = (number: number): ScramMechanism => (number === 1 ? 'SCRAM-SHA-256' : 'SCRAM-SHA-512');

export interface DescribedUser extends Answer {
  readonly user: string;
  readonly credentials: readonly { readonly mechanism: ScramMechanism; readonly iterations: number }[];
}

/** DescribeUserScramCredentials 0, of all users. */
export const describeScram: Protocol<void, Answer & { readonly users: readonly DescribedUser[] }> = {
  name: 'DescribeUserScramCredentials',
  apiKey: 50,
  version: 0,
  flexible: true,
  write: (writer) => {
    writer.array(null, () => undefined).end();
  },
  read: (reader) => {
    reader.skip(4);
    const credential = () => reader.end({ mechanism: mechanismName(reader.int8()), iterations: reader.int32() });
    return {
      ...answer(reader),
      users: reader.array(() => reader.end({ user: reader.string(), ...answer(reader), credentials: reader.array(credential) })),
    };
  },
};

export interface ScramChanges {
  readonly deletions: readonly { readonly user: string; readonly mechanism: ScramMechanism }[];
  readonly upsertions: readonly {
    readonly user: string;
    readonly mechanism: ScramMechanism;
    readonly iterations: number;
    readonly salt: Buffer;
    readonly saltedPassword: Buffer;
  }[];
}

/** AlterUserScramCredentials 0: one answer a user, whatever number of mechanisms changed. */
export const alterScram: Protocol<ScramChanges, (Answer & { readonly user: string })[]> = {
  name: 'AlterUserScramCredentials',
  apiKey: 51,
  version: 0,
  flexible: true,
  write: (writer, { deletions, upsertions }) => {
    writer.array(deletions, ({ user, mechanism }) => writer.string(user).int8(mechanisms[mechanism]).end());
    writer.array(upsertions, ({ user, mechanism, iterations, salt, saltedPassword }) =>
      writer.string(user).int8(mechanisms[mechanism]).int32(iterations).bytes(salt).bytes(saltedPassword).end(),
    );
    writer.end();
  },
  read: (reader) => {
    reader.skip(4);
    return reader.array(() => reader.end({ user: reader.string(), ...answer(reader) }));
  },
};
