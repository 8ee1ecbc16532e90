/** A step in words: what is made (+), changed (~), removed (-), refused (!) or only recorded (=). */
export interface StepText {
  readonly sign: '+' | '~' | '-' | '!' | '=';
  readonly subject: string;
  readonly change: string;
  /** One line for each part, where there are several. */
  readonly details: readonly string[];
}

/** Puts the words together. */
export function text(sign: StepText['sign'], subject: string, change: string, details: readonly string[] = []): StepText {
  return { sign, subject, change, details };
}
