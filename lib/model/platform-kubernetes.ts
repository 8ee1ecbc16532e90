import { z } from 'zod';
import { imageOverride } from './image';

const objectName = z
  .string()
  .regex(
    /^[a-z]([-a-z0-9]{0,50}[a-z0-9])?$/,
    'is no object name; begin with a letter, use lower-case letters, digits and hyphens, at most 52',
  );
const port = z.number().int().min(1).max(65535);

/** How an external listener is reached on Kubernetes. `{id}` in a template stands for the broker's id. */
const kubernetesListener = z.strictObject({
  service: z.enum(['LoadBalancer', 'NodePort', 'ClusterIP']).default('LoadBalancer'),
  bootstrapHost: z.string().min(1).optional().describe('the name by which clients find the bootstrap service'),
  brokerHost: z.string().min(1).optional().describe('the name advertised for each broker, such as kafka-{id}.example.com'),
  advertisedPort: port.optional().describe('the port advertised, where it is not that of the listener or the node port'),
  nodePortBase: z.number().int().min(30000).max(32767).optional().describe("NodePort: a broker's port is this number plus its id"),
  bootstrapNodePort: z.number().int().min(30000).max(32767).optional(),
  annotations: z.record(z.string(), z.string()).default({}),
  ingressClass: z
    .string()
    .min(1)
    .optional()
    .describe('Strimzi alone: reach the listener through an Ingress of this class, by TLS passthrough'),
  sourceRanges: z.boolean().default(true).describe('copy allowFrom to loadBalancerSourceRanges'),
});

/** What belongs to Kubernetes alone. */
export const platformKubernetes = z.strictObject({
  flavor: z
    .enum(['plain', 'strimzi'])
    .default('plain')
    .describe('plain: StatefulSets, run by Kubernetes alone; strimzi: custom resources, run by the Strimzi operator'),
  strimzi: z
    .strictObject({
      cruiseControl: z
        .boolean()
        .optional()
        .describe('balance partitions over the brokers when some join or leave; default: where there are at least two brokers'),
    })
    .prefault({})
    .describe('what belongs to flavor: strimzi alone'),
  namespace: objectName.optional().describe('default: the name of the environment, lower-cased'),
  createNamespace: z.boolean().default(true),
  scaleInPolicy: z
    .boolean()
    .optional()
    .describe(
      'make a ValidatingAdmissionPolicy that refuses unconfirmed changes to fewer nodes; it needs Kubernetes 1.30 and leave to make objects outside of namespaces; default: as createNamespace',
    ),
  names: z
    .strictObject({ kafka: objectName.default('kafka'), zookeeper: objectName.default('zookeeper') })
    .prefault({})
    .describe('the stem of the names of all objects of the brokers and of ZooKeeper'),
  clusterDomain: z.string().default('cluster.local'),
  storageClass: z.string().min(1).optional().describe("default: the cluster's default class"),
  podSecurity: z.enum(['restricted', 'baseline', 'privileged']).default('restricted'),
  zoneLabel: z.string().default('topology.kubernetes.io/zone').describe('the node label that holds the zone'),
  spread: z
    .enum(['required', 'preferred'])
    .optional()
    .describe('whether two nodes of one role may share a machine; default: required in staging and production'),
  nodeSelector: z.record(z.string(), z.string()).default({}),
  tolerations: z
    .array(
      z.strictObject({
        key: z.string().optional(),
        operator: z.enum(['Exists', 'Equal']).default('Equal'),
        value: z.string().optional(),
        effect: z.enum(['NoSchedule', 'PreferNoSchedule', 'NoExecute']).optional(),
      }),
    )
    .default([]),
  priorityClass: z.string().min(1).optional(),
  listeners: z.record(z.string(), kubernetesListener).default({}).describe('by the name of the listener'),
  clientNamespaces: z
    .array(objectName)
    .default([])
    .describe('namespaces whose pods may reach the internal listeners and the companions, beside our own'),
  monitoringNamespace: objectName.default('monitoring').describe('the namespace Prometheus scrapes from'),
  prometheusLabels: z
    .record(z.string(), z.string())
    .default({})
    .describe('labels by which the Prometheus operator selects monitors and rules'),
  certificates: z
    .strictObject({
      issuer: z
        .strictObject({ name: z.string().min(1), kind: z.enum(['Issuer', 'ClusterIssuer']).default('Issuer') })
        .optional()
        .describe('the cert-manager issuer; default: a CA of our own, made in the namespace'),
      durationDays: z.number().int().min(1).default(365),
      renewBeforeDays: z.number().int().min(1).default(30),
      brokerName: objectName.optional().describe('the name of the brokers’ Certificate; default: <kafka>-broker-cert'),
    })
    .prefault({}),
  secrets: z
    .record(z.string(), z.strictObject({ name: z.string().min(1), key: z.string().min(1) }))
    .default({})
    .describe('the Kubernetes Secret and key of each logical secret; default: Secret <kafka>-secrets, key as the logical name'),
  toolsImage: imageOverride.optional().describe("the project's own tools image, which brings the agents and runs the convergence"),
});

export type PlatformKubernetes = z.output<typeof platformKubernetes>;
export type KubernetesListener = z.output<typeof kubernetesListener>;
