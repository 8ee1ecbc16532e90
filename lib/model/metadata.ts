import { z } from 'zod';
import { configMap } from './config-map';
import { disk } from './disk';
import { imageOverride } from './image';
import { resources } from './resources';

const uuid = z.string().regex(/^[A-Za-z0-9_-]{22}$/, "is no Kafka UUID; 22 characters of URL-safe base64, as 'kafkon init' makes them");

const port = z.number().int().min(1).max(65535);

/** An ensemble of ZooKeeper servers. */
const ensemble = z.strictObject({
  ids: z.array(z.number().int().min(1).max(255)).min(1).describe('the ids of the servers (myid), 1 to 255'),
  zones: z.record(z.string().regex(/^\d+$/), z.string().min(1)).default({}).describe('the availability zone of each server, by id'),
  ...resources,
  disks: z.array(disk).min(1),
  ports: z
    .strictObject({
      client: port.default(2181),
      secureClient: port.default(2182),
      quorum: port.default(2888),
      election: port.default(3888),
    })
    .prefault({}),
  config: configMap.default({}).describe('settings for zoo.cfg, over the defaults'),
  jvmOptions: z.array(z.string()).default([]),
});

/** Where Kafka keeps its metadata: a ZooKeeper ensemble (Kafka up to 3.9) or Kafka's own controllers. */
export const metadata = z
  .discriminatedUnion('mode', [
    z.strictObject({
      mode: z.literal('zookeeper'),
      image: imageOverride.optional(),
      security: z
        .enum(['plaintext', 'mtls'])
        .default('plaintext')
        .describe('mtls: clients and the quorum show certificates; a plain port stays on the loopback, for probes'),
      chroot: z
        .string()
        .regex(/^\/[\w.-]+(\/[\w.-]+)*$/, 'is no path; write it with a leading slash, such as /kafka')
        .optional(),
      ensemble,
    }),
    z.strictObject({
      mode: z.literal('kraft'),
      quorum: z
        .enum(['static', 'dynamic'])
        .default('static')
        .describe('static: controller.quorum.voters; dynamic (Kafka 3.9 and later): controllers can join and leave'),
      directoryIds: z
        .record(z.string().regex(/^\d+$/), uuid)
        .default({})
        .describe('for a dynamic quorum: the directory id of each first controller, by node id'),
      port: port.default(9093).describe('the port of the controllers'),
      security: z.enum(['plaintext', 'mtls']).default('plaintext'),
    }),
  ])
  .describe('where Kafka keeps its metadata');

export type Metadata = z.output<typeof metadata>;
export type ZookeeperMetadata = Extract<Metadata, { mode: 'zookeeper' }>;
export type KraftMetadata = Extract<Metadata, { mode: 'kraft' }>;
export { uuid };
