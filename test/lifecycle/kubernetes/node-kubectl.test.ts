import { chmodSync, mkdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from '@jest/globals';
import { nodeKubectl } from '../../../lib/lifecycle/kubernetes/node-kubectl';
import { temporaryFolders } from '../../support/temporary-folder';

const temporaryFolder = temporaryFolders();

/** A kubectl that is a script, and nothing else on the PATH before the machine's own. */
function kubectlThat(script: string): Readonly<Record<string, string | undefined>> {
  const folder = temporaryFolder('kubectl');
  writeFileSync(join(folder, 'kubectl'), `#!/bin/sh\n${script}\n`);
  chmodSync(join(folder, 'kubectl'), 0o755);
  return { PATH: `${folder}:${process.env.PATH}` };
}

describe('kubectl', () => {
  it('prints whole characters, although a piece ends in the middle of one, and the last line without its end', async () => {
    const lines: string[] = [];
    const variables = kubectlThat("printf 'gr\\303'; sleep 0.2; printf '\\274\\303\\237e\\nend'");
    const { code, out } = await nodeKubectl(variables, {})(['logs'], { line: (text) => lines.push(text) });
    expect({ code, out, lines }).toEqual({ code: 0, out: '', lines: ['grüße', 'end'] });
  });

  it('is given the cluster that is meant, the words, and what it shall read', async () => {
    const variables = kubectlThat('echo "$@"; cat; echo wrong >&2; exit 3');
    const kubectl = nodeKubectl(variables, { kubeconfig: '/k', context: 'staging', patienceSeconds: 5 });
    expect(await kubectl(['get', 'pods'], { input: 'some text\n' })).toEqual({
      code: 3,
      out: '--kubeconfig=/k --context=staging --request-timeout=5s get pods\nsome text\n',
      err: 'wrong\n',
    });
  });

  it('that is not there, or is no program, is a problem with a remedy', async () => {
    const folder = temporaryFolder('kubectl');
    await expect(nodeKubectl({ PATH: folder }, {})(['version'])).rejects.toThrow('kubectl is not on the PATH; install it');
    mkdirSync(join(folder, 'kubectl'));
    await expect(nodeKubectl({ PATH: folder }, {})(['version'])).rejects.toMatchObject({ name: 'LifecycleError' });
  });
});
