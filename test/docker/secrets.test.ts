import { describe, expect, it } from '@jest/globals';
import { commandOf } from '../../lib/docker/secrets';
import { secretsOf } from '../../lib/model';
import { concreteIds, environmentOf } from '../environments/environments';
import { type Block, container, list, ofType, terraform } from '../support/docker/terraform';

const all = concreteIds().map((id) => ({ id, environment: environmentOf(id), config: terraform(environmentOf(id)) }));
const configOf = (id: string) => all.find((each) => each.id === id)?.config ?? terraform(environmentOf(id));
const secured = 'tda/production';
const mounts = (block: Block) => list(block, 'mounts');
const secretMounts = (block: Block) => mounts(block).filter(({ source }) => String(source).includes('secrets_directory'));

describe('secrets on Docker', () => {
  it('are files of the host, mounted so that a container cannot change them', () => {
    const containers = all.flatMap(({ config }) => ofType(config, 'docker_container'));
    const secrets = containers.flatMap(([, block]) =>
      mounts(block).filter(({ target }) => String(target).startsWith('/etc/kafkon-secrets/')),
    );
    expect(secrets.length).toBeGreaterThan(50);
    expect(secrets.filter(({ type, read_only }) => type !== 'bind' || read_only !== true)).toEqual([]);
    expect(secrets.filter(({ source }) => !/^\$\{abspath\(var\.secrets_directory\)\}\/[a-z]/.test(String(source)))).toEqual([]);
  });

  it('lie in the directory of the environment, which -var can move', () => {
    expect(configOf(secured).variable?.secrets_directory).toMatchObject({ type: 'string', default: 'secrets' });
  });

  it('bear their logical names, certificates those of their owners', () => {
    const broker = container(configOf(secured), 'tda_kafka_1');
    const sources = secretMounts(broker).map(({ source }) => String(source).replace(/^.*\}\//, ''));
    expect(sources).toEqual([
      'certificates/broker/keystore.p12',
      'certificates/broker/truststore.p12',
      'broker-password',
      'keystore-password',
    ]);
  });

  it('are no more than the environment says it needs', () => {
    for (const { id, environment, config } of all) {
      const needed = secretsOf(environment).map(({ name }) => name);
      const mounted = ofType(config, 'docker_container')
        .flatMap(([, block]) => secretMounts(block))
        .map(({ source }) => String(source).split('}/')[1] ?? '')
        .filter((source) => !source.startsWith('certificates/'));
      expect({ id, unknown: mounted.filter((name) => !needed.includes(name)) }).toEqual({ id, unknown: [] });
    }
  });

  it('are in no environment variable', () => {
    for (const { config } of all) {
      const containers = ofType(config, 'docker_container');
      const env = containers.flatMap(([, block]) => (Array.isArray(block.env) ? (block.env as string[]) : []));
      expect(env.filter((variable) => /PASSWORD=(?!\$__file\{)/i.test(variable))).toEqual([]);
    }
  });

  it('never come out of a file that Terraform reads', () => {
    const uses = all.map(({ config }) => JSON.stringify(config));
    expect(uses.filter((text) => /\bfile(base64)?\(|\bfilesha|templatefile\(|content_base64|"source_hash"/.test(text))).toEqual([]);
  });
});

describe('secret environment variables', () => {
  const process = { command: ['serve', '--now'], secretEnv: { B: 'b-password', A: 'a-password' } };

  it('are read from their files before the program starts, and named nowhere', () => {
    const [shell, flag, script = '', ...rest] = commandOf(process);
    expect([shell, flag, ...rest]).toEqual(['sh', '-c', 'sh', 'serve', '--now']);
    expect(script).toBe('set -e; export A="$(cat /etc/kafkon-secrets/env/A)"; export B="$(cat /etc/kafkon-secrets/env/B)"; exec "$@"');
  });

  it('are files alone for a program that starts by itself', () => {
    expect(commandOf({ ...process, command: [] })).toEqual([]);
    const ui = container(configOf(secured), 'tda_kafka_ui');
    expect(ui).not.toHaveProperty('entrypoint');
    expect(ui.env).toContain('SPRING_CONFIG_IMPORT=optional:configtree:/etc/kafkon-secrets/env/');
    expect(mounts(ui).map(({ target }) => target)).toEqual(
      expect.arrayContaining(['/etc/kafkon-secrets/env/KAFKA_PASSWORD', '/etc/kafkon-secrets/env/STORE_PASSWORD']),
    );
  });
});
