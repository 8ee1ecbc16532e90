import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from '@jest/globals';
import { terraformOf } from '../../lib/docker';
import { root } from '../architecture/sources';
import { concreteIds, environmentOf } from '../environments/environments';

const golden = join(root, 'test', 'golden', 'docker');
const { reviewedTerraform } = require('../../scripts/reviewed-terraform.js') as { reviewedTerraform: (text: string) => string };

describe('the reviewed Terraform', () => {
  it('is there for every environment, and for none that is gone', () => {
    const ids = readdirSync(golden).flatMap((group) => readdirSync(join(golden, group)).map((name) => `${group}/${name}`));
    expect(ids.sort()).toEqual([...concreteIds()].sort());
  });

  it.each([...concreteIds()])('is what %s becomes; after a change that is meant, run "npm run golden" and review the difference', (id) => {
    const made = terraformOf(environmentOf(id));
    expect(readdirSync(join(golden, id))).toEqual([...made.keys()]);
    for (const [name, text] of made) expect(reviewedTerraform(text)).toBe(readFileSync(join(golden, id, name), 'utf8'));
  });
});
