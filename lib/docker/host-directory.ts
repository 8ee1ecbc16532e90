import { TerraformStack, TerraformVariable } from 'cdktf';
import type { Construct } from 'constructs';

const descriptions = {
  secrets_directory: 'Where the files of the secrets are on the Docker host; a relative path begins at the Terraform files.',
  data_directory: 'Where data is kept on the Docker host; a relative path begins at the Terraform files.',
} as const;

/**
 * A directory of the Docker host as Terraform writes it, absolute as Docker wants it and yet no absolute path in a file: the variable
 * of that name, whose default is `path`, so that `-var` or `TF_VAR_…` can move it. Where another construct of the stack has given the
 * variable another default, the path itself.
 */
export function hostDirectory(scope: Construct, name: keyof typeof descriptions, path: string): string {
  const stack = TerraformStack.of(scope);
  const known = stack.node.tryFindChild(name);
  const variable = known instanceof TerraformVariable ? known : declare(stack, name, path);
  return variable.default === path ? `\${abspath(${variable.fqn})}` : `\${abspath(${JSON.stringify(path)})}`;
}

function declare(stack: TerraformStack, name: keyof typeof descriptions, path: string): TerraformVariable {
  const variable = new TerraformVariable(stack, name, { type: 'string', default: path, description: descriptions[name] });
  variable.overrideLogicalId(name);
  return variable;
}
