import type { TerraformStack } from 'cdktf';
import { RootConstruct } from 'constructs';
import type { Environment } from '../model';
import { KafkaStack } from './kafka-stack';

/** The name of the only file: what Terraform and OpenTofu read, and cdktf's own tool writes. */
export const terraformFile = 'cdk.tf.json';

/** A stack as Terraform's JSON: keys sorted, and nothing of cdktf's own bookkeeping. Fails like synthesis. */
export function terraformJson(stack: TerraformStack): string {
  stack.runAllValidations();
  stack.prepareStack();
  return `${JSON.stringify(plain(stack.toTerraform()), undefined, 2)}\n`;
}

/** The Terraform of an environment: file name to text. It reads and writes nothing. Fails like synthesis. */
export function terraformOf(environment: Environment): ReadonlyMap<string, string> {
  // An app would make its output directory at once.
  const stack = new KafkaStack(new RootConstruct(), environment.name, { environment });
  return new Map([[terraformFile, terraformJson(stack)]]);
}

/** Under `//` cdktf keeps its versions and the paths of constructs. */
function plain(value: unknown): unknown {
  if (Array.isArray(value)) return value.map(plain);
  if (typeof value !== 'object' || value === null) return value;
  const entries = Object.entries(value).filter(([key, each]) => key !== '//' && each !== undefined);
  return Object.fromEntries(entries.sort(([a], [b]) => (a < b ? -1 : 1)).map(([key, each]) => [key, plain(each)]));
}
