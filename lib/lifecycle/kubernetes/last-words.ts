const because = 'Caused by: ';
const failure = /^(?:Caused by: |Exception in thread "[^"]*" )?(?:[\w$]+\.)+[\w$]*(?:Exception|Error)\b/;
const complaint = /\b(?:ERROR|FATAL)\b/;
/** More of a line than this is no reason but a listing. */
const longest = 600;

/**
 * What a log says of why a program ended, or does not get on: its last error, with all that it was caused by. What a program writes
 * after it, as it goes down in good order, says nothing. Undefined where there is no error.
 */
export function tellingLine(lines: readonly string[]): string | undefined {
  const meant = meantLines(lines);
  const thrown = meant.findLastIndex((line) => failure.test(line));
  // Who tries again and again writes a line each time, and why not always.
  const last = thrown < 0 ? meant.findLastIndex((line) => complaint.test(line)) : thrown;
  if (last < 0) return undefined;
  let first = last;
  while (first > 0 && meant[first]?.startsWith(because) === true) first--;
  return meant
    .slice(first, last + 1)
    .map((line) => line.replace(because, ''))
    .reduce(withCause)
    .slice(0, longest);
}

/** Exceptions often repeat in their own words what they were caused by. */
function withCause(told: string, cause: string): string {
  return told.includes(cause.replace(/^\S+: /, '')) ? told : `${told}; ${cause}`;
}

/** The same, or just the last line: what ends a start with one line writes no error. */
export function lastWords(lines: readonly string[]): string | undefined {
  return tellingLine(lines) ?? meantLines(lines).at(-1)?.slice(0, longest);
}

/** Without blank ones, and without the places in the code through which an error came. */
function meantLines(lines: readonly string[]): readonly string[] {
  return lines.map((line) => line.trim()).filter((line) => line !== '' && !/^(?:at \S+\(|\.\.\. \d+ more)/.test(line));
}
