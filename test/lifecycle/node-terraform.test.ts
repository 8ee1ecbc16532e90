import { chmodSync, existsSync, readFileSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { describe, expect, it } from '@jest/globals';
import { changesOf, nodeTerraform } from '../../lib/lifecycle';
import { temporaryFolders } from '../support/temporary-folder';

const newFolder = temporaryFolders();

/** A program that notes its words and its environment, and answers as told. */
function fake(answers: string, program = 'terraform', variables: Readonly<Record<string, string>> = {}) {
  const [bin, directory] = [newFolder('bin'), newFolder('work')];
  const path = join(bin, program);
  writeFileSync(
    path,
    `#!/bin/sh\necho "$*" >>${bin}/words\necho "$CHECKPOINT_DISABLE $TF_CLI_CONFIG_FILE" >${bin}/env\ncase "$1" in\n  version) echo '{"terraform_version":"1.9.9"}' ;;\n${answers}\nesac\n`,
  );
  chmodSync(path, 0o755);
  return {
    directory,
    words: () =>
      readFileSync(join(bin, 'words'), 'utf8')
        .trim()
        .split('\n')
        .filter((line) => !line.startsWith('version')),
    variables: () => readFileSync(join(bin, 'env'), 'utf8').trim(),
    path,
    terraform: nodeTerraform({ PATH: `${bin}:/bin:/usr/bin`, TF_CLI_CONFIG_FILE: '/etc/terraformrc', ...variables }),
  };
}

describe('Terraform', () => {
  it('tells its progress in whole characters, although a piece ends in the middle of one', async () => {
    const { terraform, directory } = fake("  init) printf 'gr\\303'; sleep 0.2; printf '\\274n\\n' ;;");
    const lines: string[] = [];
    await terraform.init(directory, (line) => lines.push(line));
    expect(lines).toEqual(['grün']);
  });

  it('is called so that it asks nobody and calls nobody, with the variables of the caller', async () => {
    const { terraform, directory, words, variables } = fake('  *) ;;');
    await terraform.init(directory, () => {});
    await terraform.apply(directory, { targets: ['docker_container.a', 'docker_container.b'] }, () => {});
    expect(words()).toEqual([
      'init -input=false -no-color',
      'apply -auto-approve -input=false -no-color -target=docker_container.a -target=docker_container.b',
    ]);
    expect(variables()).toBe('1 /etc/terraformrc');
  });

  it('has no changes where the plan says so by its exit code', async () => {
    const { terraform, directory, words } = fake('  plan) exit 0 ;;');
    expect(await terraform.plan(directory)).toEqual([]);
    expect(words()).toEqual(['plan -input=false -no-color -detailed-exitcode -out=kafkon.tfplan']);
  });

  it('reads changes from the plan, which it does not leave behind', async () => {
    const shown = JSON.stringify({ resource_changes: [{ address: 'docker_container.a', change: { actions: ['delete', 'create'] } }] });
    const { terraform, directory } = fake(`  plan) touch kafkon.tfplan; exit 2 ;;\n  show) echo '${shown}' ;;`);
    expect(await terraform.plan(directory)).toEqual([{ address: 'docker_container.a', action: 'replace' }]);
    expect(existsSync(join(directory, 'kafkon.tfplan'))).toBe(false);
  });

  it('tells what the program said when it fails, without its frame', async () => {
    const { terraform, directory } = fake("  init) printf '╷\\n│ Error: no provider\\n│ \\n│ none at all\\n╵\\n' >&2; exit 1 ;;");
    await expect(terraform.init(directory, () => {})).rejects.toThrow('"terraform init" failed: Error: no provider none at all');
  });

  it('tells every line as it comes', async () => {
    const { terraform, directory } = fake("  apply) printf 'a\\nb\\n' ;;");
    const lines: string[] = [];
    await terraform.apply(directory, {}, (line) => lines.push(line));
    expect(lines).toEqual(['a', 'b']);
  });

  it('has no resources before there is a state, and forgets only what it knows', async () => {
    const { terraform, directory, words } = fake('  state) [ "$2" = list ] && printf \'docker_volume.a\\ndata.x.y\\n\' ;;');
    expect(await terraform.resources(directory)).toEqual([]);
    writeFileSync(join(directory, 'terraform.tfstate'), '{}');
    expect(await terraform.resources(directory)).toEqual(['docker_volume.a']);
    await terraform.forget(directory, ['docker_volume.b']);
    expect(words().some((line) => line.startsWith('state rm'))).toBe(false);
  });

  it('may be OpenTofu, and is where that alone is on the PATH', async () => {
    const { terraform, path } = fake('  *) ;;', 'tofu', { PATH: '' });
    expect(await terraform.version().catch((error: Error) => error.message)).toContain('neither terraform nor tofu is on the PATH');
    expect(await nodeTerraform({ PATH: dirname(path) }).version()).toBe('tofu 1.9.9');
  });

  it('is the program that KAFKON_TERRAFORM names, by its name or its path', async () => {
    const byName = fake('  *) ;;', 'tofu', { KAFKON_TERRAFORM: 'tofu' });
    expect(await byName.terraform.version()).toBe('tofu 1.9.9');
    await byName.terraform.init(byName.directory, () => {});
    expect(byName.words()).toEqual(['init -input=false -no-color']);
    expect(await nodeTerraform({ PATH: '/nowhere', KAFKON_TERRAFORM: byName.path }).version()).toBe('tofu 1.9.9');
    const failing = fake('  init) echo "Error: none" >&2; exit 1 ;;', 'tofu', { KAFKON_TERRAFORM: 'tofu' });
    await expect(failing.terraform.init(failing.directory, () => {})).rejects.toThrow('"tofu init" failed: Error: none');
  });

  it('that is named and no Terraform is a problem with a remedy', async () => {
    for (const KAFKON_TERRAFORM of ['/nowhere/tofu', 'true'])
      await expect(nodeTerraform({ PATH: '/bin:/usr/bin', KAFKON_TERRAFORM }).version()).rejects.toThrow(
        `KAFKON_TERRAFORM is ${KAFKON_TERRAFORM}, which is no Terraform or OpenTofu that runs here`,
      );
  });

  it('that is not there is a problem with a remedy', async () => {
    await expect(nodeTerraform({ PATH: '/nowhere' }).version()).rejects.toThrow('neither terraform nor tofu is on the PATH');
  });
});

describe('the changes of a plan', () => {
  it('are one word each, whatever the order of the actions', () => {
    const change = (...actions: string[]) => changesOf([{ address: 'a', change: { actions } }]).map(({ action }) => action);
    expect([change('no-op'), change('read'), change('create'), change('update'), change('delete')]).toEqual([
      [],
      [],
      ['create'],
      ['update'],
      ['delete'],
    ]);
    expect([change('delete', 'create'), change('create', 'delete')]).toEqual([['replace'], ['replace']]);
  });
});
