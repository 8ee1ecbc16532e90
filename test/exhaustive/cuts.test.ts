import { afterAll, beforeAll, describe } from '@jest/globals';
import { environmentFor, type Stand, standUp } from '../integration/converge/clusters';
import { cuts } from '../integration/converge/cuts';
import { losses } from '../integration/converge/losses';
import { describeWith } from '../support/parts';
import { temporaryFolders } from '../support/temporary-folder';

/** Each twice, since what one turn makes the next removes: every way meets every request there and back. */
const everyWay = (['request', 'answer'] as const).flatMap((side) =>
  (['once', 'dead'] as const).flatMap((after) => [
    { side, after },
    { side, after },
  ]),
);

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
        cuts: () => everyWay,
        onProgress: (line) => process.stderr.write(`${line}\n`),
        timeoutMs: 3_600_000,
      });
      losses(mode, () => (stand as Stand).cluster);
    });
  }
});
