import { terraformOf } from '../../../lib/docker';
import type { Environment } from '../../../lib/model';

/** A resource block, as it would be written. */
export type Block = Readonly<Record<string, unknown>>;

/** A Terraform configuration, as far as tests look into it. */
export interface Terraform {
  readonly terraform: Block;
  readonly provider: Block;
  readonly variable?: Readonly<Record<string, Block>>;
  /** By type, then by name. */
  readonly resource: Readonly<Record<string, Readonly<Record<string, Block>>>>;
}

/** What an environment becomes. */
export function terraform(environment: Environment): Terraform {
  return JSON.parse(terraformOf(environment).get('cdk.tf.json') ?? '') as Terraform;
}

/** The resources of a type, by name. */
export function ofType(config: Terraform, type: string): readonly (readonly [string, Block])[] {
  return Object.entries(config.resource[type] ?? {});
}

/** One container, by its own name. */
export function container(config: Terraform, name: string): Block {
  const found = ofType(config, 'docker_container').find(([, block]) => block.name === name)?.[1];
  if (found === undefined) throw new Error(`no container ${name}`);
  return found;
}

/** A list in a block, or none. */
export function list(block: Block, key: string): readonly Block[] {
  const value = block[key];
  return Array.isArray(value) ? (value as readonly Block[]) : [];
}

/** What Terraform makes of a text without expressions. */
export function evaluated(text: string): string {
  const open = text.replace(/\$\$\{|%%\{/g, ' ');
  if (/\$\{|%\{/.test(open)) throw new Error(`an expression in ${JSON.stringify(text)}`);
  return text.replaceAll('$${', '${').replaceAll('%%{', '%{');
}

/** The content of an uploaded file. */
export function uploaded(block: Block, file: string): string {
  const content = list(block, 'upload').find((upload) => upload.file === file)?.content;
  if (typeof content !== 'string') throw new Error(`no file ${file}`);
  return evaluated(content);
}
