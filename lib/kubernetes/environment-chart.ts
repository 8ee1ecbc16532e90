import { ApiObject, Chart, JsonPatch } from 'cdk8s';
import type { Construct } from 'constructs';
import type { Environment } from '../model';
import { k8s } from './k8s';
import { objectMetadata } from './labels';
import { namespaceOf } from './names';

/** The chart of one whole environment, whoever runs its cluster: its namespace, and no two objects of one name. */
export abstract class EnvironmentChart extends Chart {
  protected constructor(scope: Construct, id: string, environment: Environment) {
    super(scope, id, { namespace: namespaceOf(environment) });
    if (environment.platform.kubernetes.createNamespace) createNamespace(this, environment);
    this.node.addValidation({ validate: () => namesakes(this) });
  }
}

/** The namespace refuses pods that fall short of the environment's pod security standard. */
function createNamespace(scope: Construct, environment: Environment): void {
  const { podSecurity } = environment.platform.kubernetes;
  const { namespace: _, ...metadata } = objectMetadata({ environment, component: 'namespace' }, namespaceOf(environment), '');
  const security = ['enforce', 'audit', 'warn'].map((mode) => [`pod-security.kubernetes.io/${mode}`, podSecurity]);
  const namespace = new k8s.KubeNamespace(scope, 'Namespace', {
    metadata: { ...metadata, labels: { ...metadata.labels, ...Object.fromEntries(security) } },
  });
  // The chart gives its namespace to everything in it, and a namespace is in none.
  namespace.addJsonPatch(JsonPatch.remove('/metadata/namespace'));
}

/** Two objects of one kind and name: Kubernetes would keep whichever comes last. */
function namesakes(chart: Chart): string[] {
  const first = new Map<string, string>();
  return chart.node.findAll().flatMap((construct) => {
    if (!ApiObject.isApiObject(construct)) return [];
    const what = `${construct.kind} ${construct.metadata.namespace ?? ''}/${construct.name}`;
    const other = first.get(what);
    if (other !== undefined) return [`${what} is made twice, by ${other} and ${construct.node.path}; give one of them another name`];
    first.set(what, construct.node.path);
    return [];
  });
}
