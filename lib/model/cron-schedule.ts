/** One of the five fields: its name, its bounds, and words that stand for numbers. */
interface Field {
  readonly name: string;
  readonly from: number;
  readonly to: number;
  readonly words?: readonly string[];
}

const months = ['jan', 'feb', 'mar', 'apr', 'may', 'jun', 'jul', 'aug', 'sep', 'oct', 'nov', 'dec'] as const;
const days = ['sun', 'mon', 'tue', 'wed', 'thu', 'fri', 'sat'] as const;

const minute: Field = { name: 'minute', from: 0, to: 59 };
const hour: Field = { name: 'hour', from: 0, to: 23 };
const dayOfMonth: Field = { name: 'day of the month', from: 1, to: 31 };
const month: Field = { name: 'month', from: 1, to: 12, words: months };
const dayOfWeek: Field = { name: 'day of the week', from: 0, to: 6, words: days };
const fields: readonly Field[] = [minute, hour, dayOfMonth, month, dayOfWeek];

const macros: readonly string[] = ['@hourly', '@daily', '@midnight', '@weekly', '@monthly', '@yearly', '@annually'];
/** In a leap year. */
const daysOf = [31, 29, 31, 30, 31, 30, 31, 31, 30, 31, 30, 31];

/** What is wrong with a schedule as a Kubernetes CronJob reads it; undefined when nothing is. */
export function cronProblem(text: string): string | undefined {
  if (macros.includes(text)) return undefined;
  if (text.startsWith('@')) return `is no schedule; write ${macros.join(', ')} or five fields`;
  const parts = text.trim().split(/\s+/);
  if (parts.length !== fields.length)
    return `has ${parts.length} ${parts.length === 1 ? 'field' : 'fields'}; write five: minute, hour, day of the month, month, day of the week`;
  for (const [index, field] of fields.entries()) {
    const problem = (parts[index] ?? '')
      .split(',')
      .map((part) => partProblem(part, field))
      .find((each) => each !== undefined);
    if (problem !== undefined) return problem;
  }
  const [, , dates = '*', ofMonths = '*', ofWeek = '*'] = parts;
  // A day of the week is enough by itself, so that a date that never comes does no harm.
  if (unrestricted(dates) || !unrestricted(ofWeek)) return undefined;
  const possible = valuesOf(ofMonths, month).some((each) => valuesOf(dates, dayOfMonth).some((day) => day <= (daysOf[each - 1] ?? 0)));
  return possible ? undefined : `never comes: none of its months has a day ${dates}; choose another day or month`;
}

function unrestricted(text: string): boolean {
  return text === '*' || text === '?';
}

function partProblem(part: string, field: Field): string | undefined {
  const { name, from, to } = field;
  const limits = `${from} to ${to}`;
  const match = /^(\*|\?|[a-z0-9]+(?:-[a-z0-9]+)?)(?:\/(\d+))?$/i.exec(part);
  if (match === null) return `has ${JSON.stringify(part)} for the ${name}; write *, a number from ${limits}, a range or a list`;
  const [, range = '', step] = match;
  if (step !== undefined && (Number(step) < 1 || Number(step) > to))
    return `has a step of ${step} for the ${name}; write one from 1 to ${to}`;
  if (unrestricted(range)) return undefined;
  const ends = range.split('-').map((word) => numberOf(word, field));
  const wrong = ends.findIndex((end) => end === undefined || end < from || end > to);
  if (wrong >= 0) return `has ${range.split('-')[wrong]} for the ${name}; write a number from ${limits}`;
  const [first = from, last = first] = ends;
  return first > last ? `has the range ${range} for the ${name}, which ends before it begins; turn it round` : undefined;
}

function numberOf(word: string, { words = [], from }: Field): number | undefined {
  if (/^\d{1,3}$/.test(word)) return Number(word);
  const index = words.indexOf(word.toLowerCase());
  return index < 0 ? undefined : index + from;
}

function valuesOf(text: string, field: Field): readonly number[] {
  return text.split(',').flatMap((part) => {
    const [range = '*', step] = part.split('/');
    const ends = unrestricted(range) ? [field.from, field.to] : range.split('-').map((word) => numberOf(word, field) ?? field.from);
    const [first = field.from, second] = ends;
    const last = second ?? (step === undefined ? first : field.to);
    const stride = Number(step ?? 1);
    return Array.from({ length: Math.floor((last - first) / stride) + 1 }, (_, index) => first + index * stride);
  });
}
