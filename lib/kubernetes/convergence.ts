import { Lazy } from 'cdk8s';
import { Construct } from 'constructs';
import { convergencePrincipal, derivedName, dnsLabelLimit, type Environment, imageReference } from '../model';
import type { Addressing } from '../runtime';
import { digest } from './content-hash';
import { convergenceProcess } from './convergence-process';
import type { DeployedCluster } from './deployed-cluster';
import { type DesiredPart, desiredDirectory, desiredParts, desiredState } from './desired-state';
import { k8s } from './k8s';
import { type Identity, objectMetadata } from './labels';
import { kafkaObjectName, kafkaStem, namespaceOf } from './names';
import { podTemplate } from './pod-template';
import { createServiceAccount } from './service';
import { toolsImage } from './tools-image';

/** Properties of `Convergence`. */
export interface ConvergenceProps {
  /** The cluster, with everything registered that it shall have. */
  readonly cluster: DeployedCluster;
  /** How often a failed attempt is made again, with growing pauses: brokers may take minutes to start. @default 12 */
  readonly backoffLimit?: number;
  /** How long the finished Job is kept, in seconds. Applying the manifests after that runs it again, which changes nothing. @default 604800, a week */
  readonly ttlSecondsAfterFinished?: number;
}

/** The Job as the desired state makes it. */
interface Plan {
  readonly parts: readonly MountedPart[];
  readonly jobName: string;
  readonly template: k8s.PodTemplateSpec;
}

type MountedPart = DesiredPart & { readonly name: string };

/**
 * Makes the topics, accounts, ACLs, quotas and schemas of a cluster match what was declared: a ConfigMap with the desired state, and
 * a Job that applies it. The Job is named by a hash of the state, the image and the pod, because a Job can't be changed: a new state
 * is a new Job, and an unchanged one is applied again without complaint. Both are made at synthesis, from all that the cluster has
 * been given until then.
 */
export class Convergence extends Construct {
  readonly #plan: () => Plan | undefined;

  constructor(scope: Construct, id: string, { cluster, backoffLimit = 12, ttlSecondsAfterFinished = 604_800 }: ConvergenceProps) {
    super(scope, id);
    const { environment } = cluster;
    if (environment === undefined) {
      this.#plan = () => undefined;
      return;
    }
    cluster.addCertificate('convergence', convergencePrincipal(environment.name));
    const namespace = namespaceOf(environment);
    const identity: Identity = { environment, component: 'convergence' };
    const serviceAccountName = createServiceAccount(this, 'ServiceAccount', identity, kafkaObjectName(environment, 'convergence'));
    this.#plan = onceFor(
      () => cluster.environment,
      (now) => planOf(now, cluster.addressing, serviceAccountName),
    );
    const parts = this.#plan()?.parts ?? [];
    for (const [index, { name }] of parts.entries()) {
      new k8s.KubeConfigMap(this, name, {
        metadata: objectMetadata(identity, name, namespace),
        data: Lazy.any({ produce: () => this.#data(index) }),
      });
    }
    new k8s.KubeJob(this, 'Job', {
      metadata: { ...objectMetadata(identity, '', namespace), name: Lazy.any({ produce: () => this.jobName }) },
      spec: { backoffLimit, ttlSecondsAfterFinished, template: Lazy.any({ produce: () => this.#plan()?.template }) },
    });
    this.node.addValidation({ validate: () => (this.#plan()?.parts.length === parts.length ? [] : [grownMessage]) });
  }

  /** The name of the Job, for what has been declared so far; undefined when the cluster has problems. */
  get jobName(): string | undefined {
    return this.#plan()?.jobName;
  }

  #data(index: number): Record<string, string> {
    const part = this.#plan()?.parts[index];
    return part === undefined ? {} : { [part.file]: part.content };
  }
}

const grownMessage =
  'the desired state outgrew the ConfigMaps made for it, because much was registered with the cluster after its Convergence; declare the Convergence last';

/** Computes something anew only when what it is computed from is another object. */
function onceFor<Source extends object, Result>(
  source: () => Source | undefined,
  compute: (from: Source) => Result,
): () => Result | undefined {
  let known: { readonly from: Source; readonly result: Result } | undefined;
  return () => {
    const from = source();
    if (from === undefined) return undefined;
    if (known?.from !== from) known = { from, result: compute(from) };
    return known.result;
  };
}

function planOf(environment: Environment, addressing: Addressing | undefined, serviceAccountName: string): Plan | undefined {
  if (addressing === undefined) return undefined;
  const state = desiredState(environment);
  const parts = desiredParts(state).map((part) => ({ ...part, name: kafkaObjectName(environment, 'desired', part.suffix) }));
  const files = parts.map(({ file }) => file);
  const placement = { identity: { environment, component: 'convergence' }, zones: [], spread: undefined };
  const process = convergenceProcess(environment, addressing, files);
  const template = withDesired(podTemplate({ placement, processes: [process], configMapName: '', serviceAccountName }), parts);
  const hash = digest([state, imageReference(toolsImage(environment)), template]).slice(0, 10);
  return { parts, template, jobName: derivedName(dnsLabelLimit, kafkaStem(environment), 'converge', hash) };
}

/** The pod with the desired state mounted, which runs to its end and is not started again in place. */
function withDesired(template: k8s.PodTemplateSpec, parts: readonly MountedPart[]): k8s.PodTemplateSpec {
  const { spec } = template;
  if (spec === undefined) return template;
  const sources = parts.map(({ name, file }) => ({ configMap: { name, items: [{ key: file, path: file }] } }));
  const mount = { name: 'desired', mountPath: desiredDirectory, readOnly: true };
  return {
    ...template,
    spec: {
      ...spec,
      restartPolicy: 'Never',
      volumes: [...(spec.volumes ?? []), { name: 'desired', projected: { sources } }],
      containers: spec.containers.map((container) => ({ ...container, volumeMounts: [...(container.volumeMounts ?? []), mount] })),
    },
  };
}
