import { readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from '@jest/globals';
import { root } from '../architecture/sources';

/** What another project can import, by entry of the package. A changed list is a changed promise: read it as a reviewer would. */
const list = join(__dirname, 'exports.txt');

function entries(): Readonly<Record<string, readonly string[]>> {
  const { exports } = JSON.parse(readFileSync(join(root, 'package.json'), 'utf8')) as { exports: Record<string, unknown> };
  const code = Object.keys(exports).filter((entry) => !entry.endsWith('.json'));
  return Object.fromEntries(
    code.sort().map((entry) => {
      const exported = require(join(root, 'lib', entry, 'index.ts')) as Record<string, unknown>;
      return [entry === '.' ? 'kafkon' : `kafkon${entry.slice(1)}`, Object.keys(exported).sort()];
    }),
  );
}

function rendered(): string {
  return Object.entries(entries())
    .map(([entry, names]) => `${entry}\n${names.map((name) => `  ${name}\n`).join('')}`)
    .join('\n');
}

describe('the public names', () => {
  it('are those in the list; UPDATE_API=1 npx jest test/api rewrites it', () => {
    if (process.env.UPDATE_API === '1') writeFileSync(list, rendered());
    expect(rendered()).toBe(readFileSync(list, 'utf8'));
  });

  it('hold the five constructs for every platform', () => {
    for (const [entry, names] of Object.entries(entries())) {
      if (!/kubernetes|docker/.test(entry)) continue;
      for (const construct of ['KafkaCluster', 'ZookeeperEnsemble', 'TopicSet', 'AclPolicy', 'Monitoring']) {
        expect({ entry, names }).toEqual({ entry, names: expect.arrayContaining([construct]) });
      }
    }
  });
});
