import { execFile } from 'node:child_process';
import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import type { Sample } from './exposition';

/** Series over time: a sample of values in promtool's notation, one every 30 seconds. */
export interface InputSeries {
  readonly series: string;
  readonly values: string;
}

/** What should be so after a while. */
export interface RuleTest {
  readonly name: string;
  readonly input: readonly InputSeries[];
  /** Queries that must have a result. @default - none */
  readonly answered?: readonly string[];
  /** The alerts that must fire, with their series count; every other one given in `alerts` must not. */
  readonly firing?: Readonly<Record<string, number>>;
  readonly at: string;
}

const HOURS_OF_SAMPLES = 1000;

/** A series selector, as promtool wants its input. */
export function seriesText(name: string, labels: Readonly<Record<string, string>>): string {
  return `${name}{${Object.entries(labels)
    .map(([label, value]) => `${label}=${JSON.stringify(value)}`)
    .join(', ')}}`;
}

/** A series that keeps its value, or grows by a step each 30 seconds. */
export function series(name: string, labels: Readonly<Record<string, string>>, from: number, step: number = 0): InputSeries {
  return { series: seriesText(name, labels), values: `${from}${step < 0 ? '-' : '+'}${Math.abs(step)}x${HOURS_OF_SAMPLES}` };
}

/** Scraped samples that stay as they are. */
export function constant(samples: readonly Sample[]): readonly InputSeries[] {
  return samples.map(({ name, labels, value }) => series(name, labels, Number.isFinite(value) ? value : 0));
}

/** Runs promtool in a folder and answers what it complains of: nothing when all is well. */
export function promtool(folder: string, ...args: readonly string[]): Promise<string> {
  return new Promise((resolve, reject) => {
    execFile('promtool', [...args], { cwd: folder, maxBuffer: 64 * 1024 * 1024 }, (error, stdout, stderr) => {
      if (error !== null && typeof error.code !== 'number') reject(error);
      else resolve(error === null ? '' : `${error.code}: ${stdout}${stderr}`);
    });
  });
}

/** `promtool test rules`: the rules of a file `rules.json` in the folder under each test's input. JSON is YAML. */
export function testRules(folder: string, alerts: readonly string[], tests: readonly RuleTest[]): Promise<string> {
  const file = {
    rule_files: ['rules.json'],
    evaluation_interval: '30s',
    tests: tests.map(({ name, input, answered = [], firing, at }) => ({
      name,
      interval: '30s',
      input_series: input,
      promql_expr_test: [
        ...answered.map((query) => ({ expr: `count(${query}) > bool 0`, eval_time: at, exp_samples: [{ labels: '{}', value: 1 }] })),
        ...(firing === undefined
          ? []
          : // ALERTS counts what fires without labels and annotations, which promtool would want repeated in full.
            alerts.map((alert) => ({
              expr: `count(ALERTS{alertname="${alert}", alertstate="firing"}) or vector(0)`,
              eval_time: at,
              exp_samples: [{ labels: '{}', value: firing[alert] ?? 0 }],
            }))),
      ],
    })),
  };
  writeFileSync(join(folder, 'tests.json'), JSON.stringify(file));
  return promtool(folder, 'test', 'rules', 'tests.json');
}
