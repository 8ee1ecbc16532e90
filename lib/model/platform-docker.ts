import { z } from 'zod';
import { imageOverride } from './image';

const port = z.number().int().min(1).max(65535);
const containerTemplate = z.string().regex(/^[a-zA-Z0-9](?:[\w.-]|\{id\}){0,62}$/, 'is no container name');

/** How a listener is published on Docker. */
const dockerListener = z.strictObject({
  host: z.string().min(1).default('localhost').describe('the name or address advertised to clients on the host'),
  basePort: z
    .number()
    .int()
    .min(0)
    .max(65000)
    .optional()
    .describe("a broker's port is this number plus its id; default: the port of the listener"),
  published: z.boolean().optional().describe('default: external listeners are published, internal ones are not'),
});

/** What belongs to Docker alone. */
export const platformDocker = z.strictObject({
  host: z
    .string()
    .min(1)
    .optional()
    .describe('the machine the environment runs on; environments that share one must not collide; default: its own'),
  network: z
    .string()
    .regex(/^[a-zA-Z0-9][\w.-]*$/)
    .optional()
    .describe('default: <environment>-kafka'),
  portOffset: z.number().int().min(0).max(50_000).default(0).describe('added to every published port'),
  containers: z
    .strictObject({
      kafka: containerTemplate.default('kafka-{id}'),
      zookeeper: containerTemplate.default('zookeeper-{id}'),
    })
    .catchall(containerTemplate)
    .prefault({})
    .describe('names of containers; {id} stands for the id of the node'),
  hostnames: z
    .strictObject({ kafka: z.string().default('kafka-{id}'), zookeeper: z.string().default('zookeeper-{id}') })
    .prefault({})
    .describe('the names by which containers of the network find each other'),
  listeners: z.record(z.string(), dockerListener).default({}).describe('by the name of the listener'),
  ports: z
    .record(z.string(), port)
    .default({})
    .describe('published ports of the companions and of ZooKeeper, by name; default: the port inside the container'),
  jmxBasePort: z.number().int().min(0).max(65000).optional().describe("a broker's published JMX port is this number plus its id"),
  openFiles: z
    .number()
    .int()
    .min(1024)
    .optional()
    .describe(
      'how many files a container may have open (ulimit nofile), which the engine refuses above its own limit; default: 100000, in development and testing 16384',
    ),
  toolsImage: imageOverride.optional().describe('the image with the Java agents; default: kafkon/tools of the same version'),
  dataDirectory: z.string().min(1).optional().describe('where data is kept on the host; default: named volumes'),
  secretsDirectory: z
    .string()
    .min(1)
    .default('secrets')
    .describe('where the files of the secrets are, one a logical name; relative to the Terraform files'),
});

export type PlatformDocker = z.output<typeof platformDocker>;
