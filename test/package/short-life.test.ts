import { spawnSync } from 'node:child_process';
import { join } from 'node:path';
import { describe, expect, it } from '@jest/globals';
import { root } from '../architecture/sources';

describe('the settings of V8', () => {
  it('are known to the Node that runs here: it complains on stderr of any other', () => {
    const { stdout, stderr, status } = spawnSync(process.execPath, [join(root, 'build/apps/cli/main.js'), '--version'], {
      encoding: 'utf8',
    });
    expect({ stderr, status }).toEqual({ stderr: '', status: 0 });
    expect(stdout).toMatch(/^\d+\.\d+\.\d+\n$/);
  });
});
