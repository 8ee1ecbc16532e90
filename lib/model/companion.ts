import { z } from 'zod';
import { configMap } from './config-map';
import { imageOverride } from './image';
import { bytes, millicores } from './quantity';
import { compatibilityLevels } from './schema-subject';
import { secretName } from './secret';

const port = z.number().int().min(1).max(65535);

function companion<Shape extends z.core.$ZodLooseShape>(defaults: { port: number; memory: string; replicas?: number }, shape: Shape) {
  return z.strictObject({
    image: imageOverride.optional(),
    replicas: z
      .number()
      .int()
      .min(1)
      .default(defaults.replicas ?? 1),
    port: port.default(defaults.port).describe('the port inside the container'),
    memory: bytes.prefault(defaults.memory),
    cpu: millicores.prefault('250m'),
    config: configMap.default({}).describe("the program's own settings, over the defaults"),
    ...shape,
  });
}

/** A Kafka cluster that is not ours, for MirrorMaker. */
const remoteCluster = z.strictObject({
  alias: z.string().regex(/^[A-Za-z0-9_-]+$/),
  bootstrapServers: z.array(z.string().regex(/^[^\s:]+:\d+$/, 'is no address; write host:port')).min(1),
  security: z.enum(['plaintext', 'tls', 'scram']).default('plaintext'),
  secret: secretName.optional().describe('the logical secret with the password of the user'),
  user: z.string().min(1).optional(),
});

/** The programs that stand beside a Kafka cluster; one is there when its section is. */
export const companions = z
  .strictObject({
    schemaRegistry: companion(
      { port: 8081, memory: '1Gi' },
      { topic: z.string().default('_schemas'), compatibility: z.enum(compatibilityLevels).default('BACKWARD') },
    ).optional(),
    connect: companion(
      { port: 8083, memory: '2Gi' },
      {
        group: z.string().default('connect-cluster'),
        topicPrefix: z
          .string()
          .default('connect-')
          .describe('the names of the three storage topics begin with it: configs, offsets, status'),
      },
    ).optional(),
    kafkaUi: companion({ port: 8080, memory: '512Mi' }, {}).optional(),
    ksqldb: companion({ port: 8088, memory: '2Gi' }, { serviceId: z.string().default('default_') }).optional(),
    restProxy: companion({ port: 8082, memory: '512Mi' }, {}).optional(),
    redis: companion({ port: 6379, memory: '256Mi' }, {}).optional(),
    prometheus: companion({ port: 9090, memory: '1Gi' }, { retentionDays: z.number().int().min(1).default(15) }).optional(),
    grafana: companion(
      { port: 3000, memory: '512Mi' },
      { adminSecret: secretName.default('grafana-admin-password').describe('the logical secret with the password of the user admin') },
    ).optional(),
    lagExporter: companion({ port: 8000, memory: '512Mi' }, { pollIntervalSeconds: z.number().int().min(5).default(30) }).optional(),
    mirrorMaker: companion(
      { port: 8083, memory: '1Gi' },
      {
        direction: z.enum(['to', 'from']).default('to').describe('to: copy to the remote cluster; from: copy from it'),
        remote: remoteCluster,
        topics: z.array(z.string().min(1)).default(['.*']).describe('regular expressions of topic names'),
        groups: z.array(z.string().min(1)).default(['.*']),
      },
    ).optional(),
  })
  .describe('the programs that stand beside the cluster');

export type Companions = z.output<typeof companions>;
export type CompanionName = keyof Companions;
/** The declared companion of a name. */
export type Companion<Name extends CompanionName> = NonNullable<Companions[Name]>;
