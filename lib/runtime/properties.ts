/** Settings as a Java properties file holds them: every value is text. */
export type Settings = Readonly<Record<string, string>>;

/** Settings before they are written down. */
export type SettingValues = Readonly<Record<string, string | number | boolean>>;

// Java reads the file as ISO 8859-1, so whatever is not plain ASCII travels as an escape.
function escapeUnit(unit: string, special: string): string {
  if (unit === '\n') return '\\n';
  if (unit === '\r') return '\\r';
  if (unit === '\t') return '\\t';
  if (unit === '\f') return '\\f';
  if (special.includes(unit)) return `\\${unit}`;
  return unit < ' ' || unit > '~' ? `\\u${unit.charCodeAt(0).toString(16).padStart(4, '0')}` : unit;
}

const escapeAll = (text: string, special: string): string => text.replace(/[\s\S]/g, (unit) => escapeUnit(unit, special));

function escapeValue(value: string): string {
  const escaped = escapeAll(value, '\\');
  return escaped.startsWith(' ') ? `\\${escaped}` : escaped;
}

/** The Java properties file of some settings, sorted by key: the same settings make the same bytes. */
export function renderProperties(settings: SettingValues): string {
  return Object.keys(settings)
    .sort()
    .map((key) => `${escapeAll(key, '\\ =:#!')}=${escapeValue(String(settings[key]))}\n`)
    .join('');
}

/** A backslash at the end of a line joins it with the next, unless it is escaped itself. */
function logicalLines(text: string): string[] {
  const lines: string[] = [];
  let open: string | undefined;
  for (const natural of text.split(/\r\n|\n|\r/)) {
    const line = natural.replace(/^[ \t\f]+/, '');
    if (open === undefined && (line === '' || line.startsWith('#') || line.startsWith('!'))) continue;
    const whole = (open ?? '') + line;
    const backslashes = /\\*$/.exec(line)?.[0].length ?? 0;
    open = backslashes % 2 === 1 ? whole.slice(0, -1) : undefined;
    if (open === undefined) lines.push(whole);
  }
  return open === undefined ? lines : [...lines, open];
}

const controls: Readonly<Record<string, string>> = { n: '\n', r: '\r', t: '\t', f: '\f' };

function unescaped(text: string): string {
  return text.replace(/\\(u[0-9a-fA-F]{4}|[\s\S])/g, (_, code: string) =>
    code.length === 5 ? String.fromCharCode(Number.parseInt(code.slice(1), 16)) : (controls[code] ?? code),
  );
}

/** The settings in a Java properties file, as Java would read them: comments, joined lines and escapes included; the last of two wins. */
export function parseProperties(text: string): Settings {
  return Object.fromEntries(
    logicalLines(text).map((line) => {
      const match = /^((?:\\[\s\S]|[^\\=: \t\f])*)[ \t\f]*[=:]?[ \t\f]*([\s\S]*)$/.exec(line);
      return [unescaped(match?.[1] ?? ''), unescaped(match?.[2] ?? '')];
    }),
  );
}
