import { readFileSync } from 'node:fs';
import { describe, expect, it } from '@jest/globals';
import { environmentOf } from './environments';
import { adaptiveLearningFacts } from './facts/adaptive-learning';
import { llmAnalyticsFacts } from './facts/llm-analytics';
import { tdaFacts } from './facts/tda';
import { templateFacts } from './facts/templates';

const facts = [...templateFacts, ...tdaFacts, ...adaptiveLearningFacts, ...llmAnalyticsFacts];

/** The value at a path; a list is entered by the `name` or `id` of an item, else by its index. */
function at(value: unknown, path: readonly string[]): unknown {
  return path.reduce<unknown>((inside, step) => {
    if (Array.isArray(inside)) {
      const named = inside.find((item: { name?: string; id?: number }) => item.name === step || String(item.id) === step);
      return named ?? (step === 'length' ? inside.length : inside[Number(step)]);
    }
    return typeof inside === 'object' && inside !== null ? (inside as Record<string, unknown>)[step] : undefined;
  }, value);
}

describe('what five real systems ask for', () => {
  it.each(facts.map((fact) => [`${fact.id} ${fact.environment} ${fact.path.join(' ')}`, fact] as const))('%s', (_, fact) => {
    expect(at(environmentOf(fact.environment), fact.path)).toEqual(fact.expected);
  });

  it('holds at least 150 facts', () => {
    expect(facts.length).toBeGreaterThanOrEqual(150);
  });
});

describe('docs/seeds.md', () => {
  const rows = readFileSync('docs/seeds.md', 'utf8')
    .split('\n')
    .flatMap((line) => /^\| (S\d-\d\d) \| (.+) \| (.+) \|$/.exec(line)?.slice(1) ?? []);
  const ids = rows.filter((_, index) => index % 3 === 0);

  it('gives every statement an id of its own, without gaps', () => {
    const expected = [...new Set(ids.map((id) => id.slice(0, 2)))].flatMap((system) =>
      ids.filter((id) => id.startsWith(system)).map((_, index) => `${system}-${String(index + 1).padStart(2, '0')}`),
    );
    expect(ids).toEqual(expected);
    expect(ids.length).toBeGreaterThan(250);
  });

  it('has the id of every fact', () => {
    expect(facts.map(({ id }) => id).filter((id) => !ids.includes(id))).toEqual([]);
  });

  it('names files that exist', () => {
    const files = rows.join('\n').matchAll(/`((?:templates|tda|adaptive-learning|llm-analytics)\/[a-z]+\.yaml)`/g);
    for (const [, file] of files) expect(readFileSync(`environments/${file}`, 'utf8')).not.toBe('');
  });
});
