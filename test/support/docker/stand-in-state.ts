import { createHash } from 'node:crypto';
import { existsSync, readFileSync, renameSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { type Block, ofType, type Terraform } from './terraform';

/** What the stand-in knows of a resource that it has made. */
export interface Made {
  readonly id: string;
  /** The name on the engine. */
  readonly name: string;
  readonly digest: string;
  readonly graceSeconds: number;
  readonly labels: Readonly<Record<string, string>>;
}

/** By address. */
export type State = ReadonlyMap<string, Made>;

const file = 'stand-in.tfstate.json';

export function readState(directory: string): State {
  const path = join(directory, file);
  return new Map(existsSync(path) ? (JSON.parse(readFileSync(path, 'utf8')) as [string, Made][]) : []);
}

/** By another name first, so that a run that is killed leaves the old or the new. */
export function writeState(directory: string, state: State): void {
  const path = join(directory, file);
  writeFileSync(`${path}.new`, JSON.stringify([...state]));
  renameSync(`${path}.new`, path);
}

const types = ['docker_image', 'docker_network', 'docker_volume', 'docker_container'] as const;
export type ResourceType = (typeof types)[number];

/** One resource of a configuration. */
export interface Resource {
  readonly address: string;
  readonly type: ResourceType;
  readonly block: Block;
  /** The addresses that it refers to. */
  readonly needs: readonly string[];
  /** Changes with everything that Terraform would look at. */
  readonly digest: string;
}

/** The resources of a configuration, each after those that it needs. */
export function resourcesOf(config: Terraform): readonly Resource[] {
  const all = types.flatMap((type) =>
    ofType(config, type).map(([name, block]): Resource => {
      const text = JSON.stringify(block);
      const references = [...text.matchAll(/(?<!\$)\$\{(docker_\w+\.[\w-]+)\.\w+\}/g)].map((match) => match[1] ?? '');
      const needs = [...new Set([...references, ...((block.depends_on as string[] | undefined) ?? [])])];
      // Labels of volumes are told to be ignored; images are what their name says.
      const looked =
        type === 'docker_volume' || type === 'docker_image' ? [block.name] : { ...block, lifecycle: undefined, depends_on: undefined };
      return { address: `${type}.${name}`, type, block, needs, digest: createHash('sha256').update(JSON.stringify(looked)).digest('hex') };
    }),
  );
  const sorted: Resource[] = [];
  const visit = (resource: Resource): void => {
    if (sorted.includes(resource)) return;
    for (const need of resource.needs) for (const other of all) if (other.address === need) visit(other);
    sorted.push(resource);
  };
  all.forEach(visit);
  return sorted;
}
