import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { nodeTerraform, type Terraform } from '../../../lib/lifecycle';
import { terraformStandIn } from './terraform-stand-in';

/** What the suites on an engine bring environments up through. */
export interface SuiteTerraform {
  readonly terraform: Terraform;
  /** Whether it is Terraform (or OpenTofu) with the real provider. */
  readonly real: boolean;
  /** Where it keeps its state, beside `cdk.tf.json`. */
  readonly stateFile: string;
}

/** `terraform` and `stand-in` insist on one of them. @default - Terraform where its `init` finds the provider, else the stand-in */
const suiteTerraformVariable = 'KAFKON_TEST_TERRAFORM';

const providerAlone = JSON.stringify({
  terraform: { required_providers: { docker: { source: 'kreuzwerker/docker', version: '~> 3.6' } } },
});

/**
 * Terraform with the real provider where that can be had, else the stand-in that talks to the engine itself. `terraform init` is what
 * tells: `TF_CLI_CONFIG_FILE` may name a mirror.
 */
export async function suiteTerraform(variables: NodeJS.ProcessEnv = process.env): Promise<SuiteTerraform> {
  const wish = variables[suiteTerraformVariable] ?? '';
  if (!['', 'terraform', 'stand-in'].includes(wish)) throw new Error(`${suiteTerraformVariable} is ${wish}; write terraform or stand-in`);
  const real = nodeTerraform(variables);
  const why = wish === 'stand-in' ? 'asked for' : await whyNot(real);
  if (why === undefined) return { terraform: real, real: true, stateFile: 'terraform.tfstate' };
  if (wish === 'terraform') throw new Error(why);
  return { terraform: terraformStandIn(), real: false, stateFile: 'stand-in.tfstate.json' };
}

/** What keeps the real one from being used; undefined: nothing. */
async function whyNot(real: Terraform): Promise<string | undefined> {
  const directory = mkdtempSync(join(tmpdir(), 'kafkon-provider-'));
  try {
    writeFileSync(join(directory, 'cdk.tf.json'), providerAlone);
    await real.init(directory, () => {});
    return undefined;
  } catch (error) {
    return (error as Error).message;
  } finally {
    rmSync(directory, { recursive: true, force: true });
  }
}
