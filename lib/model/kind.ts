import { z } from 'zod';

/** What an environment is for. Rules and `environmentOverrides` look at it. */
export const kinds = ['development', 'testing', 'staging', 'production'] as const;

export const kind = z.enum(kinds).describe('what the environment is for');

export type Kind = (typeof kinds)[number];
