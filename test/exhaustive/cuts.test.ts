import { afterAll, beforeAll, describe } from '@jest/globals';
import { environmentFor, type Stand, standUp } from '../integration/converge/clusters';
import { cuts } from '../integration/converge/cuts';
import { losses } from '../integration/converge/losses';
import { describeWith } from '../support/parts';
import { temporaryFolders } from '../support/temporary-folder';

const ways = (['request', 'answer'] as const).flatMap((side) => (['once', 'dead'] as const).map((after) => ({ side, after })));

/** What one turn makes the next removes: turned round at each request, so that every way meets every kind of request there and back. */
const waysAt = (index: number) => (index % 2 === 0 ? ways : ways.toReversed());

describeWith(['maven', 'java', 'openssl', 'kafka-3.9.2', 'kafka-4.3.1'], 'a run that is cut off', () => {
  const temporaryFolder = temporaryFolders();

  for (const mode of ['kraft', 'zookeeper'] as const) {
    describe(`with ${mode}`, () => {
      let stand: Stand | undefined;
      beforeAll(async () => {
        stand = await standUp(environmentFor(mode), temporaryFolder(mode));
      });
      afterAll(async () => {
        await stand?.stop();
      });

      cuts(mode, () => stand as Stand, {
        cuts: waysAt,
        copies: mode === 'kraft',
        from: Number(process.env.CUTS_FROM ?? 0),
        onProgress: (line) => process.stderr.write(`${line}\n`),
        timeoutMs: 3_600_000,
      });
      losses(mode, () => (stand as Stand).cluster);
    });
  }
});
