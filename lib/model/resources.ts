import { z } from 'zod';
import { bytes, millicores } from './quantity';

/** Processor and memory of one node. Memory is requested and limited alike, so that a node is never evicted for what it was promised. */
export const resources = {
  heap: bytes
    .optional()
    .describe('the heap of the JVM, both -Xms and -Xmx; default: half of the memory for Kafka, three quarters for ZooKeeper'),
  memory: bytes.describe('memory of the container, requested and limited alike'),
  cpu: z
    .strictObject({ request: millicores, limit: millicores.optional() })
    .default({ request: 500 })
    .describe('processor: what is asked for, and an optional limit'),
};

/** @see resources */
export interface Resources {
  /** bytes */
  readonly heap: number;
  /** bytes */
  readonly memory: number;
  /** thousandths of a core */
  readonly cpu: { readonly request: number; readonly limit?: number | undefined };
}
