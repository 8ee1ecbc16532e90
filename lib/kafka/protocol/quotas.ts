import { type Answer, answer } from './answer';
import type { Protocol } from './wire';

/** What a quota is for: by kind (`user`, `client-id`, `ip`) a name, or null for the default of the kind. */
export type QuotaEntity = readonly (readonly [kind: string, name: string | null])[];

export interface DescribedQuota {
  readonly entity: QuotaEntity;
  readonly limits: readonly (readonly [key: string, value: number])[];
}

/** DescribeClientQuotas 1, of everybody. */
export const describeQuotas: Protocol<void, Answer & { readonly quotas: readonly DescribedQuota[] }> = {
  name: 'DescribeClientQuotas',
  apiKey: 48,
  version: 1,
  flexible: true,
  write: (writer) => {
    writer
      .array([], () => undefined)
      .boolean(false)
      .end();
  },
  read: (reader) => {
    reader.skip(4);
    const part = (): [string, string | null] => reader.end([reader.string(), reader.nullableString()]);
    const limit = (): [string, number] => reader.end([reader.string(), reader.float64()]);
    return { ...answer(reader), quotas: reader.array(() => reader.end({ entity: reader.array(part), limits: reader.array(limit) })) };
  },
};

export interface QuotaChanges {
  /** Null removes a limit. */
  readonly quotas: readonly { readonly entity: QuotaEntity; readonly limits: readonly (readonly [key: string, value: number | null])[] }[];
  readonly validateOnly: boolean;
}

/** AlterClientQuotas 1. */
export const alterQuotas: Protocol<QuotaChanges, (Answer & { readonly entity: QuotaEntity })[]> = {
  name: 'AlterClientQuotas',
  apiKey: 49,
  version: 1,
  flexible: true,
  write: (writer, { quotas, validateOnly }) => {
    writer.array(quotas, ({ entity, limits }) => {
      writer.array(entity, ([kind, name]) => writer.string(kind).string(name).end());
      writer.array(limits, ([key, value]) =>
        writer
          .string(key)
          .float64(value ?? 0)
          .boolean(value === null)
          .end(),
      );
      writer.end();
    });
    writer.boolean(validateOnly).end();
  },
  read: (reader) => {
    reader.skip(4);
    const part = (): [string, string | null] => reader.end([reader.string(), reader.nullableString()]);
    return reader.array(() => reader.end({ ...answer(reader), entity: reader.array(part) }));
  },
};
