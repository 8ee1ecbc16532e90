import { request } from 'node:http';

/** One series of a scrape. */
export interface Sample {
  readonly name: string;
  readonly labels: Readonly<Record<string, string>>;
  readonly value: number;
}

const LINE = /^([a-zA-Z_:][\w:]*)(?:\{(.*)\})? (\S+)$/;
const LABEL = /([a-zA-Z_]\w*)="((?:[^"\\]|\\.)*)"/g;

/** Reads the Prometheus text format. Fails on a line that is not of it. */
function parseExposition(text: string): readonly Sample[] {
  const lines = text.split('\n').filter((line) => line !== '' && !line.startsWith('#'));
  return lines.map((line) => {
    const [, name, labels = '', value] = LINE.exec(line) ?? [];
    if (name === undefined) throw new Error(`not a sample: ${line}`);
    const pairs = [...labels.matchAll(LABEL)].map(([, label = '', quoted = '']) => [label, JSON.parse(`"${quoted}"`) as string]);
    return { name, labels: Object.fromEntries(pairs) as Record<string, string>, value: Number(value) };
  });
}

/** Scrapes an agent on the loopback. */
export async function scrape(port: number): Promise<readonly Sample[]> {
  const text = await new Promise<string>((resolve, reject) => {
    const call = request({ host: '127.0.0.1', port, path: '/metrics' }, (answer) => {
      let body = '';
      answer.setEncoding('utf8').on('data', (part: string) => {
        body += part;
      });
      answer.once('end', () => (answer.statusCode === 200 ? resolve(body) : reject(new Error(`${answer.statusCode}: ${body}`))));
    });
    call.once('error', reject);
    call.end();
  });
  return parseExposition(text);
}

/** The samples as a scrape target with these labels has them, and its `up`. */
export function asTarget(samples: readonly Sample[], labels: Readonly<Record<string, string>>): readonly Sample[] {
  return [...samples.map((sample) => ({ ...sample, labels: { ...labels, ...sample.labels } })), { name: 'up', labels, value: 1 }];
}
