import { z } from 'zod';

const units: Readonly<Record<string, number>> = {
  '': 1,
  k: 1e3,
  K: 1e3,
  M: 1e6,
  G: 1e9,
  T: 1e12,
  Ki: 2 ** 10,
  Mi: 2 ** 20,
  Gi: 2 ** 30,
  Ti: 2 ** 40,
};

/** Largest unit first, so that formatting picks the shortest exact form. */
const formatUnits = ['Ti', 'T', 'Gi', 'G', 'Mi', 'M', 'Ki', 'k'] as const;

/** The bytes that `text` means (`8Gi`, `500G`, `1024`), or undefined when it is no quantity. Units are Kubernetes': `G` is 10⁹, `Gi` 2³⁰. */
function parseBytes(text: string): number | undefined {
  const match = /^(\d+(?:\.\d+)?)(k|K|M|G|T|Ki|Mi|Gi|Ti)?B?$/.exec(text.trim());
  if (match === null) return undefined;
  const bytes = Number(match[1]) * (units[match[2] ?? ''] ?? 1);
  return Number.isSafeInteger(bytes) && bytes > 0 ? bytes : undefined;
}

/** The shortest exact Kubernetes quantity for a number of bytes: `8Gi`, `500G`, `1500`. */
export function formatBytes(bytes: number): string {
  const unit = formatUnits.find((candidate) => bytes % (units[candidate] ?? 1) === 0);
  return unit === undefined ? String(bytes) : `${bytes / (units[unit] ?? 1)}${unit}`;
}

/** The thousandths of a core that `text` means (`500m`, `2`, `0.5`), or undefined. */
function parseCpu(text: string): number | undefined {
  const match = /^(\d+(?:\.\d+)?)(m)?$/.exec(text.trim());
  if (match === null) return undefined;
  const millicores = Number(match[1]) * (match[2] === undefined ? 1000 : 1);
  return Number.isInteger(millicores) && millicores > 0 ? millicores : undefined;
}

/** `2000` → `2`, `500` → `500m`. */
export function formatCpu(millicores: number): string {
  return millicores % 1000 === 0 ? String(millicores / 1000) : `${millicores}m`;
}

/** A size written as `8Gi`, `500G` or a whole number of bytes; the parsed value is in bytes. */
export const bytes = z
  .union([z.string(), z.number()])
  .transform((value, context) => {
    const parsed = parseBytes(String(value));
    if (parsed !== undefined) return parsed;
    context.issues.push({ code: 'custom', input: value, message: 'is no size; write a number and a unit, such as 8Gi or 500G' });
    return z.NEVER;
  })
  .meta({ description: 'a size in bytes: 8Gi (2^30), 500G (10^9), 1024', examples: ['8Gi', '500G'] });

/** Processor time written as `500m` or `2`; the parsed value is in thousandths of a core. */
export const millicores = z
  .union([z.string(), z.number()])
  .transform((value, context) => {
    const parsed = parseCpu(String(value));
    if (parsed !== undefined) return parsed;
    context.issues.push({
      code: 'custom',
      input: value,
      message: 'is no amount of processor; write cores, such as 2, or thousandths, such as 500m',
    });
    return z.NEVER;
  })
  .meta({ description: 'processor time in cores: 2, 0.5, 500m', examples: ['2', '500m'] });
