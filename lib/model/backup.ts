import { z } from 'zod';
import { cronProblem } from './cron-schedule';
import { bytes } from './quantity';

const schedule = z.string().superRefine((text, context) => {
  const problem = cronProblem(text);
  if (problem !== undefined) context.addIssue({ code: 'custom', message: problem });
});

/** What is kept of the cluster beside itself. */
export const backup = z.strictObject({
  metadata: z
    .strictObject({
      schedule: schedule.default('30 2 * * *').describe('when, as five fields of cron or @daily and the like'),
      timeZone: z.string().min(1).default('Etc/UTC').describe('where the clock of the schedule hangs, such as Europe/Berlin'),
      keep: z.int().min(1).max(10_000).default(14).describe('how many backups stay; the oldest go'),
      size: bytes.default(2 ** 30).describe('of the volume they are kept on'),
      deadlineSeconds: z.int().min(30).max(86_400).default(900).describe('how long one may take'),
      suspended: z.boolean().default(false).describe('none is begun until this is taken back'),
    })
    .optional()
    .describe('everything that Kafka knows but the records: topics, settings, ACLs, users without passwords, quotas, offsets, schemas'),
});

export type BackupDeclaration = z.output<typeof backup>;
