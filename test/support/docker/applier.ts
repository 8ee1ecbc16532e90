import { resolve } from 'node:path';
import { containerRequest } from './container-request';
import type { Engine } from './engine';
import { tarOf } from './tar';
import { type Block, list, ofType, type Terraform } from './terraform';

/**
 * A test's stand-in for `terraform apply` and `destroy`, for machines where the Docker provider cannot be had: it brings up a
 * `cdk.tf.json` through the Docker Engine, in the provider's order and with its requests. It keeps no state, plans nothing and never
 * changes a container; what Terraform makes of the file it cannot prove.
 */
export class TestApplier {
  readonly #values = new Map<string, string>();

  /** `directory` is where Terraform would run; `variables` are its `-var`. */
  constructor(
    private readonly engine: Engine,
    private readonly config: Terraform,
    private readonly directory: string,
    private readonly variables: Readonly<Record<string, string>> = {},
  ) {}

  /** Makes networks, volumes and containers; images must be there. Waits for containers that run to their end, and no others. */
  async apply(): Promise<void> {
    for (const [name, { name: reference }] of ofType(this.config, 'docker_image')) {
      const image = (await this.engine.must('GET', `/images/${encodeURIComponent(String(reference))}/json`)) as { Id: string };
      this.#values.set(`docker_image.${name}.image_id`, image.Id);
    }
    for (const [name, network] of ofType(this.config, 'docker_network')) {
      const { Id } = (await this.engine.must('POST', '/networks/create', {
        Name: network.name,
        Driver: network.driver,
        CheckDuplicate: true,
        Labels: labels(network),
      })) as { Id: string };
      this.#values.set(`docker_network.${name}.id`, Id);
    }
    for (const [name, volume] of ofType(this.config, 'docker_volume')) {
      await this.engine.must('POST', '/volumes/create', { Name: volume.name, Labels: labels(volume) });
      this.#values.set(`docker_volume.${name}.name`, String(volume.name));
    }
    const containers = ofType(this.config, 'docker_container');
    const isFirst = ([, block]: readonly [string, Block]) => block.attach === true;
    await Promise.all(containers.filter(isFirst).map(([, block]) => this.create(block)));
    await Promise.all(containers.filter((each) => !isFirst(each)).map(([, block]) => this.create(block)));
  }

  /** Stops and removes the containers, then networks; with `volumes` these too, data and all. What is not there is no failure. */
  async destroy({ volumes = false } = {}): Promise<void> {
    const gone = async (path: string) => {
      const { status, body } = await this.engine.call('DELETE', path);
      if (status >= 400 && status !== 404) throw new Error(`DELETE ${path}: ${JSON.stringify(body)}`);
    };
    await Promise.all(
      ofType(this.config, 'docker_container').map(async ([, { name, destroy_grace_seconds }]) => {
        await this.engine.call('POST', `/containers/${name}/stop?t=${destroy_grace_seconds}`);
        await gone(`/containers/${name}?v=true&force=true`);
      }),
    );
    for (const [, { name }] of ofType(this.config, 'docker_network')) await gone(`/networks/${name}`);
    if (volumes) for (const [, { name }] of ofType(this.config, 'docker_volume')) await gone(`/volumes/${name}`);
  }

  /** Creates and starts one container, by its block. */
  async create(block: Block): Promise<void> {
    const container = this.#evaluated(block) as Block;
    const { Id } = (await this.engine.must('POST', `/containers/create?name=${container.name}`, containerRequest(container))) as {
      Id: string;
    };
    const networks = list(container, 'networks_advanced');
    if (networks.length > 0) await this.engine.must('POST', '/networks/bridge/disconnect', { Container: Id, Force: false });
    for (const { name, aliases } of networks) {
      await this.engine.must('POST', `/networks/${name}/connect`, { Container: Id, EndpointConfig: { Aliases: aliases } });
    }
    for (const { file, content } of list(container, 'upload')) {
      await this.engine.must('PUT', `/containers/${Id}/archive?path=/`, tarOf(String(file), String(content)), 'application/x-tar');
    }
    await this.engine.must('POST', `/containers/${Id}/start`);
    if (container.attach !== true) return;
    const { StatusCode } = (await this.engine.must('POST', `/containers/${Id}/wait`)) as { StatusCode: number };
    if (StatusCode !== 0) throw new Error(`${container.name} ended with ${StatusCode}`);
  }

  #evaluated(value: unknown): unknown {
    if (Array.isArray(value)) return value.map((each) => this.#evaluated(each));
    if (typeof value === 'object' && value !== null) {
      return Object.fromEntries(Object.entries(value).map(([key, each]) => [key, this.#evaluated(each)]));
    }
    return typeof value === 'string' ? this.#text(value) : value;
  }

  #text(text: string): string {
    return text.replace(/\$\$\{|%%\{|\$\{([^}]*)\}/g, (whole, expression: string | undefined) =>
      expression === undefined ? whole.slice(1) : this.#expression(expression),
    );
  }

  #expression(expression: string): string {
    const variable = /^abspath\(var\.(\w+)\)$/.exec(expression)?.[1];
    if (variable !== undefined)
      return resolve(this.directory, this.variables[variable] ?? String(this.config.variable?.[variable]?.default));
    const value = this.#values.get(expression);
    if (value === undefined) throw new Error(`the applier cannot evaluate ${expression}`);
    return value;
  }
}

function labels(block: Block): Record<string, unknown> {
  return Object.fromEntries(list(block, 'labels').map(({ label, value }) => [String(label), value]));
}
