import type { Reader } from './wire';

/** What the broker says of a request or of one item in it. */
export interface Answer {
  /** Kafka's error code; 0 is success. */
  readonly code: number;
  readonly message: string | null;
}

/** An error code and its text, as they follow each other in most answers. */
export function answer(reader: Reader): Answer {
  return { code: reader.int16(), message: reader.nullableString() };
}
