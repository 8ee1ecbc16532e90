import type { Environment, Problem } from '../../model';
import { machineProblem } from '../failure';
import { isOfKind, kinds } from './kinds';
import { type KubernetesObject, kindKey, titleOf } from './kubernetes-cluster';
import { isOwn, type KubernetesStack } from './kubernetes-stack';
import type { KubernetesSurvey } from './kubernetes-survey';
import { neededSecrets } from './pod-template';
import { environmentLabel } from './workload';

/** The first version whose StatefulSets can begin at another ordinal than 0 without a switch for it. */
const oldest = 28;
const defaultClass = 'storageclass.kubernetes.io/is-default-class';

/** What to do about kinds that a cluster need not have. */
const remedies: readonly (readonly [RegExp, string])[] = [
  [/^cert-manager\.io\//, 'install cert-manager, or make the Secrets with "kafkon secrets <environment> init --platform kubernetes"'],
  [/^monitoring\.coreos\.com\//, 'install the Prometheus operator, or set monitoring: { enabled: false }'],
  [/^admissionregistration\.k8s\.io\//, 'Kubernetes has it from 1.30 on; set platform.kubernetes.scaleInPolicy: false'],
];

/** Everything that would keep an environment from coming up, all at once. */
export function kubernetesProblems(stack: KubernetesStack, environment: Environment, survey: KubernetesSurvey): readonly Problem[] {
  return [
    ...version(survey),
    ...namespace(stack, environment, survey),
    ...missingKinds(stack, survey),
    ...storage(stack, environment, survey),
    ...foreign(stack, survey),
    ...secrets(stack, survey),
  ];
}

/**
 * The stack without what a cluster that has no cert-manager cannot take, where somebody has made the Secrets that would come of it.
 * The rest is what `up` applies.
 */
export function applicable(stack: KubernetesStack, survey: Pick<KubernetesSurvey, 'kinds' | 'secrets'>): KubernetesStack {
  const unknown = certificateObjects(stack).filter((object) => !survey.kinds.has(kindKey(object)));
  const made = unknown.every((object) => {
    const secret = secretOfCertificate(object);
    return secret === undefined || survey.secrets.has(secret) || isAuthority(object);
  });
  return unknown.length > 0 && made ? { ...stack, objects: stack.objects.filter((object) => !unknown.includes(object)) } : stack;
}

function certificateObjects({ objects }: KubernetesStack): readonly KubernetesObject[] {
  return objects.filter(({ apiVersion }) => apiVersion.startsWith('cert-manager.io/'));
}

function secretOfCertificate(object: KubernetesObject): string | undefined {
  return (object.spec as { secretName?: string } | undefined)?.secretName;
}

/** The authority's own certificate is for the issuer alone. */
function isAuthority({ spec }: KubernetesObject): boolean {
  return (spec as { isCA?: boolean } | undefined)?.isCA === true;
}

function version({ version: { major, minor, text } }: KubernetesSurvey): Problem[] {
  if (major > 1 || minor >= oldest) return [];
  return [machineProblem('kubernetes/version', `the cluster is ${text}; Kubernetes 1.${oldest} or later is needed`)];
}

function namespace(stack: KubernetesStack, environment: Environment, { namespace: found, live }: KubernetesSurvey): Problem[] {
  const { createNamespace } = environment.platform.kubernetes;
  if (found === undefined)
    return createNamespace
      ? []
      : [
          machineProblem(
            'kubernetes/no-namespace',
            `there is no namespace ${stack.namespace}; make it, or set platform.kubernetes.createNamespace: true`,
          ),
        ];
  if (found.metadata.deletionTimestamp !== undefined)
    return [machineProblem('kubernetes/namespace-leaving', `the namespace ${stack.namespace} is being deleted; wait until it is gone`)];
  const owner = found.metadata.labels?.[environmentLabel];
  if (!createNamespace || owner === stack.name) return [];
  const strangers = live.filter(
    (object) => !isOwn(stack, object) && (isOfKind(object, kinds.statefulSet) || isOfKind(object, kinds.deployment)),
  );
  if (owner === undefined && strangers.length === 0) return [];
  const whose = owner === undefined ? `holds ${strangers.map(titleOf).join(', ')}, which kafkon did not make` : `is of "${owner}"`;
  return [
    machineProblem(
      'kubernetes/namespace-taken',
      `the namespace ${stack.namespace} is there already and ${whose}; name another one, or set platform.kubernetes.createNamespace: false to share it`,
    ),
  ];
}

function missingKinds(stack: KubernetesStack, survey: KubernetesSurvey): Problem[] {
  const missing = new Set(
    applicable(stack, survey)
      .objects.map(kindKey)
      .filter((key) => !survey.kinds.has(key)),
  );
  return [...missing].map((key) => {
    const remedy = remedies.find(([pattern]) => pattern.test(key))?.[1] ?? 'install what brings it';
    return machineProblem('kubernetes/kind-missing', `the cluster knows no ${key}; ${remedy}`);
  });
}

function storage(stack: KubernetesStack, environment: Environment, { storageClasses }: KubernetesSurvey): Problem[] {
  const needed = stack.objects.some(
    ({ kind, spec }) =>
      kind === kinds.statefulSet.kind && ((spec as { volumeClaimTemplates?: readonly unknown[] }).volumeClaimTemplates ?? []).length > 0,
  );
  if (storageClasses === undefined || !needed) return [];
  const { storageClass } = environment.platform.kubernetes;
  const names = storageClasses.map(({ metadata }) => metadata.name).sort();
  const there = `there ${names.length === 1 ? 'is' : 'are'} ${names.length === 0 ? 'none' : names.join(', ')}`;
  if (storageClass !== undefined)
    return names.includes(storageClass)
      ? []
      : [machineProblem('kubernetes/storage-class', `there is no StorageClass ${storageClass}; ${there}`)];
  if (storageClasses.some(({ metadata: { annotations = {} } }) => annotations[defaultClass] === 'true')) return [];
  return [
    machineProblem(
      'kubernetes/storage-class',
      `no StorageClass is the default one; name one under platform.kubernetes.storageClass: ${there}`,
    ),
  ];
}

function foreign(stack: KubernetesStack, { live }: KubernetesSurvey): Problem[] {
  return stack.objects.flatMap((object) => {
    const found = live.find((each) => isOfKind(each, object) && each.metadata.name === object.metadata.name);
    if (found === undefined || isOwn(stack, found)) return [];
    const owner = found.metadata.labels?.[environmentLabel];
    const whose = owner === undefined ? 'not made by kafkon' : `of "${owner}"`;
    return [
      machineProblem(
        'kubernetes/object-taken',
        `${titleOf(object)} is there already, ${whose}; remove it, or give the environment other names or another namespace`,
      ),
    ];
  });
}

function secrets(stack: KubernetesStack, survey: KubernetesSurvey): Problem[] {
  const { objects } = applicable(stack, survey);
  const promised = new Set(certificateObjects({ ...stack, objects }).flatMap((object) => secretOfCertificate(object) ?? []));
  return [...neededSecrets(objects)].flatMap(([name, keys]) => {
    const there = survey.secrets.get(name);
    if (there === undefined && promised.has(name)) return [];
    const missing = [...keys].filter((key) => there?.includes(key) !== true).sort();
    if (there !== undefined && missing.length === 0) return [];
    const what = there === undefined ? `no Secret ${name} with ${missing.join(', ')}` : `no ${missing.join(', ')} in the Secret ${name}`;
    return [
      machineProblem(
        'kubernetes/secret-missing',
        `there is ${what} in the namespace ${stack.namespace}; put it there, or make it with "kafkon secrets <environment> init --platform kubernetes"`,
      ),
    ];
  });
}
