import { existsSync, mkdirSync, readdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from '@jest/globals';
import { nodeWriter } from '../../../apps/cli/node-writer';
import { temporaryFolders } from '../../support/temporary-folder';
import { orders, rehearse } from './rehearsal';

const forDocker = `${orders}platform: { docker: { host: laptop } }\n`;
const environments = { 'environments/shop/development.yaml': forDocker };
const folder = temporaryFolders();

describe('kafkon synth', () => {
  it('writes for the platforms that an environment says anything about', async () => {
    const both = forDocker.replace('docker: {', 'kubernetes: { namespace: shop }, docker: {');
    const files = { 'environments/a.yaml': both, 'environments/b.yaml': forDocker, 'environments/c.yaml': orders };
    const { code, out } = await rehearse(
      {
        files: Object.fromEntries(
          Object.entries(files).map(([path, text], index) => [
            path,
            text
              .replace('BwcHBwcHBwcHBwcHBwcHBw', `BwcHBwcHBwcHBwcHBwcHB${'QAg'[index]}`)
              .replace('name: orders', `name: orders-${index}`)
              .replace('host: laptop', `host: laptop-${index}`),
          ]),
        ),
      },
      'synth',
    );
    expect(code).toBe(0);
    expect(
      out
        .split('\n')
        .filter((line) => line !== '')
        .map((line) => line.replace(/: \d+ files$/, '')),
    ).toEqual(['dist/kubernetes/a', 'dist/docker/a: 1 file', 'dist/docker/b: 1 file', 'dist/kubernetes/c']);
  });

  it('writes for the platform that is asked for', async () => {
    const { code, written } = await rehearse({ files: { 'environments/shop.yaml': orders } }, 'synth', '--platform', 'docker');
    expect(code).toBe(0);
    expect([...written.keys()]).toEqual(['dist/docker/shop/cdk.tf.json']);
    expect(JSON.parse(written.get('dist/docker/shop/cdk.tf.json') ?? '')).toHaveProperty('resource.docker_container.kafka-0');
  });

  it('says as JSON what it wrote', async () => {
    const { out } = await rehearse({ files: environments }, 'synth', '-o', 'json');
    expect(JSON.parse(out)).toMatchObject({
      written: [{ environment: 'shop/development', platform: 'docker', directory: 'dist/docker/shop/development', files: ['cdk.tf.json'] }],
    });
  });

  it('writes nothing for an environment that does not fit the platform', async () => {
    const colliding = orders
      .replace('ids: [0]', 'ids: [0, 1, 2]')
      .replace('security: plaintext }', 'security: plaintext }\n  - { name: HOST, port: 9094, security: plaintext, scope: external }');
    const { code, err, written } = await rehearse({ files: { 'environments/shop.yaml': colliding } }, 'synth', '--platform', 'docker');
    expect(code).toBe(1);
    expect(err).toContain('docker/port-collision');
    expect(written.size).toBe(0);
  });

  it('refuses a platform that there is none of', async () => {
    expect((await rehearse({ files: environments }, 'synth', '--platform', 'podman')).code).toBe(2);
  });
});

describe('what is written', () => {
  it('leaves the state of Terraform where it is', () => {
    const root = folder('writer');
    const directory = join(root, 'dist/docker/shop');
    mkdirSync(directory, { recursive: true });
    writeFileSync(join(directory, 'terraform.tfstate'), 'state');
    writeFileSync(join(directory, 'cdk.tf.json'), 'old');
    nodeWriter(root).updateDirectory('dist/docker/shop', new Map([['cdk.tf.json', 'new']]));
    expect(readdirSync(directory).sort()).toEqual(['cdk.tf.json', 'terraform.tfstate']);
    expect(readFileSync(join(directory, 'cdk.tf.json'), 'utf8')).toBe('new');
    expect(readFileSync(join(directory, 'terraform.tfstate'), 'utf8')).toBe('state');
  });

  it('is the whole directory of manifests, so that what is no longer wanted is gone', async () => {
    const root = folder('writer');
    const writer = nodeWriter(root);
    await writer.replaceDirectory('dist/kubernetes/shop', new Map([['old.yaml', 'old']]));
    await writer.replaceDirectory('dist/kubernetes/shop', new Map([['new.yaml', 'new']]));
    expect(readdirSync(join(root, 'dist/kubernetes'))).toEqual(['shop']);
    expect(readdirSync(join(root, 'dist/kubernetes/shop'))).toEqual(['new.yaml']);
    expect(existsSync(join(root, 'dist/docker'))).toBe(false);
  });
});
