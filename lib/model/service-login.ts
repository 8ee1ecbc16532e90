import { z } from 'zod';
import { compatibilityLevels } from './schema-subject';
import { secretName } from './secret';

const notAnAddress = 'is no address; write http://host:port or https://host:port, without a user or a password';

const url = z
  .string()
  .regex(/^https?:\/\/[^\s/@]+(\/\S*)?$/, notAnAddress)
  // A port that is none, an address in brackets that is none.
  .refine((text) => URL.canParse(text), notAnAddress);

const login = z.strictObject({ user: z.string().min(1), secret: secretName.describe('the logical secret with the password') });

const service = { url: url.optional().describe('default: the companion of the environment'), login: login.optional() };

/** How the schema registry is reached, and what holds for all of its subjects. */
export const schemaRegistryAccess = z.strictObject({
  ...service,
  compatibility: z.enum(compatibilityLevels).optional().describe('for subjects without a level of their own; absent: left as it is'),
});

/** How the workers of Kafka Connect are reached. */
export const connectAccess = z.strictObject(service);
