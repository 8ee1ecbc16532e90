import { readFileSync } from 'node:fs';
import { describe, expect, it } from '@jest/globals';
import { packageVersion, toolsImage } from '../../lib/kubernetes/tools-image';
import { environmentOf, production } from './manifests';

describe('the tools image', () => {
  it('bears the version of the package', () => {
    const manifest: unknown = JSON.parse(readFileSync('package.json', 'utf8'));
    expect(manifest).toMatchObject({ version: packageVersion });
    expect(toolsImage(environmentOf(production))).toMatchObject({ repository: 'kafkon/tools', tag: packageVersion });
  });

  it('can come from a registry of one’s own, pinned', () => {
    const override = { registry: 'registry.example.com', digest: `sha256:${'0'.repeat(64)}` };
    const kubernetes = { ...production.platform?.kubernetes, toolsImage: override };
    expect(toolsImage(environmentOf({ ...production, platform: { kubernetes } }))).toMatchObject({
      ...override,
      repository: 'kafkon/tools',
    });
  });
});
