import { z } from 'zod';

/** Leave to break one rule for a while. */
export const waiver = z.strictObject({
  rule: z.string().min(1).describe('the code of the problem, such as capacity/disks-too-small'),
  reason: z.string().min(10),
  until: z
    .string()
    .regex(/^\d{4}-\d{2}-\d{2}$/, 'is no date; write 2026-12-31')
    .describe('the last day on which it holds'),
});

export type Waiver = z.output<typeof waiver>;
