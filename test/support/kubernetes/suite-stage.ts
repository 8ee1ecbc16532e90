import { join } from 'node:path';
import { afterAll, beforeAll } from '@jest/globals';
import { temporaryFolders } from '../temporary-folder';
import { removeNamespace } from './namespace';
import { openStage, type Stage } from './stage';
import { step } from './steps';

const environments = join(__dirname, '..', '..', 'e2e', 'kubernetes', 'environments');

/** A stage for one suite. What an earlier run or this one leaves behind is taken away. */
export function stageOf(name: string): () => Stage {
  let stage: Stage | undefined;
  const newFolder = temporaryFolders();
  beforeAll(async () => {
    const opened = await openStage(join(environments, `${name}.yaml`), newFolder(`e2e-kubernetes-${name}`));
    await step(`${name}: what an earlier run left is away`, () => removeNamespace(opened.namespace));
    stage = opened;
  });
  afterAll(async () => {
    if (stage === undefined) return;
    const { namespace } = stage;
    await step(`${name}: all that was its own is away`, () => removeNamespace(namespace));
  });
  return () => {
    if (stage === undefined) throw new Error('the stage is set before the first test');
    return stage;
  };
}
