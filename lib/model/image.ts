import { z } from 'zod';

/** What a file may say of an image; what it leaves out comes from the distribution and version. */
export const imageOverride = z
  .strictObject({
    registry: z.string().min(1).optional().describe('the registry to pull from, such as registry.example.com:5000'),
    repository: z.string().min(1).optional().describe('the repository, such as apache/kafka'),
    tag: z
      .string()
      .regex(/^[\w][\w.-]{0,127}$/, 'is no image tag')
      .optional(),
    digest: z
      .string()
      .regex(/^sha256:[0-9a-f]{64}$/, 'is no digest; write sha256: and 64 hexadecimal digits')
      .optional(),
    pullPolicy: z.enum(['IfNotPresent', 'Always', 'Never']).optional(),
  })
  .describe('an image: registry, repository, tag, digest');

/** A container image, complete. */
export interface Image {
  readonly registry?: string | undefined;
  readonly repository: string;
  readonly tag: string;
  readonly digest?: string | undefined;
  /** @default 'IfNotPresent' */
  readonly pullPolicy: 'IfNotPresent' | 'Always' | 'Never';
}

/** An image with the file's overrides laid over the defaults. */
export function resolveImage(defaults: { repository: string; tag: string }, override: z.output<typeof imageOverride> | undefined): Image {
  return {
    registry: override?.registry,
    repository: override?.repository ?? defaults.repository,
    tag: override?.tag ?? defaults.tag,
    digest: override?.digest,
    pullPolicy: override?.pullPolicy ?? 'IfNotPresent',
  };
}

/** `registry/repository:tag@digest`, as every container engine reads it. */
export function imageReference(image: Image): string {
  const registry = image.registry === undefined ? '' : `${image.registry}/`;
  const digest = image.digest === undefined ? '' : `@${image.digest}`;
  return `${registry}${image.repository}:${image.tag}${digest}`;
}
