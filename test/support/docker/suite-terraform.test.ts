import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from '@jest/globals';
import { temporaryFolders } from '../temporary-folder';
import { suiteTerraform } from './suite-terraform';

const newFolder = temporaryFolders();

/** A PATH with a `terraform` whose `init` ends with a code. */
function pathWith(code: number): string {
  const bin = newFolder('bin');
  const script = `case "$1" in version) echo '{"terraform_version":"1.9.9"}' ;; *) exit ${code} ;; esac`;
  writeFileSync(join(bin, 'terraform'), `#!/bin/sh\n${script}\n`, { mode: 0o755 });
  return `${bin}:/bin:/usr/bin`;
}

describe('what the suites on an engine go through', () => {
  it('is Terraform where its init finds the provider', async () => {
    const { terraform, real, stateFile } = await suiteTerraform({ PATH: pathWith(0) });
    expect([await terraform.version(), real, stateFile]).toEqual(['terraform 1.9.9', true, 'terraform.tfstate']);
  });

  it('is the stand-in, which says that it is one, where the provider or the program cannot be had', async () => {
    for (const PATH of [pathWith(1), '/nowhere']) {
      const { terraform, real } = await suiteTerraform({ PATH });
      expect([await terraform.version(), real]).toEqual(["terraform's test-only stand-in", false]);
    }
  });

  it('is what the variable insists on', async () => {
    expect((await suiteTerraform({ PATH: pathWith(0), KAFKON_TEST_TERRAFORM: 'stand-in' })).real).toBe(false);
    await expect(suiteTerraform({ PATH: pathWith(1), KAFKON_TEST_TERRAFORM: 'terraform' })).rejects.toThrow('"terraform init" failed');
    await expect(suiteTerraform({ KAFKON_TEST_TERRAFORM: 'yes' })).rejects.toThrow('write terraform or stand-in');
  });
});
