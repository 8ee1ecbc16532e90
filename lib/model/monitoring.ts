import { z } from 'zod';

const port = z.number().int().min(1).max(65535);

/** When to call somebody. */
export const thresholds = z.strictObject({
  consumerLagWarning: z.number().int().positive().default(1_000).describe('messages'),
  consumerLagCritical: z.number().int().positive().default(10_000).describe('messages'),
  errorRatePercent: z.number().positive().max(100).default(5).describe('failed requests, percent of all'),
  diskUsagePercent: z.number().positive().max(100).default(85),
  underReplicatedPercent: z.number().positive().max(100).default(10).describe('under-replicated partitions, percent of all'),
});

/** How the cluster is watched. */
export const monitoring = z.strictObject({
  enabled: z.boolean().default(true),
  metricsPort: port.default(7071).describe("the Prometheus exporter's port in every Kafka and ZooKeeper node"),
  readinessPort: port.default(7072).describe('the port that answers whether a node is ready'),
  jmxPort: port.optional().describe('a remote JMX port, for tools that want one'),
  scrapeIntervalSeconds: z.number().int().min(5).default(30),
  thresholds: thresholds.prefault({}),
});

export type Monitoring = z.output<typeof monitoring>;
export type Thresholds = z.output<typeof thresholds>;
