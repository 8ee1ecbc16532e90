import { z } from 'zod';
import { configMap } from './config-map';

/** Settings advised to producers or consumers. They are printed in the address book and never sent to a broker. */
export const clientProfile = z.strictObject({
  description: z.string().optional(),
  producer: configMap.default({}),
  consumer: configMap.default({}),
});

export type ClientProfile = z.output<typeof clientProfile>;
