import { readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from '@jest/globals';
import { nodeWriter } from '../../../apps/cli/node-writer';
import { refusedByDisk } from '../../../apps/cli/refused-by-disk';
import { temporaryFolders } from '../../support/temporary-folder';
import { orders, rehearse } from './rehearsal';

const temporaryFolder = temporaryFolders();
const files = { 'environments/orders/development.yaml': orders };

/** The failure of an action. */
function failureOf(act: () => unknown): unknown {
  try {
    act();
  } catch (error) {
    return error;
  }
  throw new Error('it did not fail');
}

describe('what the disk refuses', () => {
  it.each(['docker', 'kubernetes'])('is told in a line, as neither a mistake of the program nor wrong usage: %s', async (platform) => {
    const folder = temporaryFolder('refused');
    writeFileSync(join(folder, 'dist'), '');
    const words = ['synth', 'orders/development', '--platform', platform];
    const { code, err } = await rehearse({ files, writer: nodeWriter(folder) }, ...words);
    expect({ code, err }).toEqual({
      code: 1,
      err: expect.stringMatching(
        /^error: \S+: not a directory; see that it can be written and read there, and run again \[disk\/ENOTDIR\]\n$/,
      ),
    });
  });

  it('is no other failure', () => {
    const folder = temporaryFolder('refused');
    expect(refusedByDisk(failureOf(() => readFileSync(join(folder, 'x'.repeat(300)))))).toContain('[disk/ENAMETOOLONG]');
    expect(refusedByDisk(failureOf(() => readFileSync(join(folder, 'nothing'))))).toBeUndefined();
    expect(refusedByDisk(new TypeError('x is not a function'))).toBeUndefined();
    expect(refusedByDisk(Object.assign(new Error('connect EACCES'), { code: 'EACCES', syscall: 'connect' }))).toBeUndefined();
  });
});
