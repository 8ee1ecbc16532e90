import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from '@jest/globals';
import { terraformOf } from '../../lib/docker';
import { root } from '../architecture/sources';
import { environmentOf } from '../environments/environments';

const golden = join(root, 'test', 'golden', 'docker');
const ids = readdirSync(golden).flatMap((group) => readdirSync(join(golden, group)).map((name) => `${group}/${name}`));

describe('the reviewed Terraform', () => {
  it('is that of a ZooKeeper and a KRaft environment', () => {
    expect(ids).toEqual(expect.arrayContaining(['kraft/development', 'tda/development']));
  });

  it.each(ids)('is what %s becomes; after a change that is meant, run "npm run golden" and review the difference', (id) => {
    const made = terraformOf(environmentOf(id));
    expect(readdirSync(join(golden, id))).toEqual([...made.keys()]);
    for (const [name, text] of made) expect(text).toBe(readFileSync(join(golden, id, name), 'utf8'));
  });
});
