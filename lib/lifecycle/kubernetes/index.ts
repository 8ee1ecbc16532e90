export { backupInside, type InsideBackupOptions } from './backup-inside';
export { kubernetesAddressBook } from './kubernetes-address-book';
export type {
  ApplyOptions,
  ClusterVersion,
  KubernetesCluster,
  KubernetesObject,
  ObjectKind,
  ObjectMetadata,
  ObjectReference,
  PodLogOptions,
  Scale,
} from './kubernetes-cluster';
export { environmentsOn, type FoundEnvironment } from './kubernetes-clusters';
export { claimsOf, downOnKubernetes, type KubernetesDownOptions } from './kubernetes-down';
export type { KubernetesPorts } from './kubernetes-ports';
export { applicable, kubernetesProblems } from './kubernetes-preflight';
export { kubernetesSecretPlan, type PutSecrets, putSecrets } from './kubernetes-secrets';
export { isOwn, type KubernetesStack, readKubernetesStack, withoutJobs } from './kubernetes-stack';
export { startOnKubernetes, stopOnKubernetes } from './kubernetes-stop';
export { type KubernetesSurvey, surveyKubernetes } from './kubernetes-survey';
export type { KubernetesTarget } from './kubernetes-target';
export { type BroughtUp, type KubernetesUpOptions, liveObjects, upOnKubernetes } from './kubernetes-up';
export { nodeKubernetesCluster } from './node-kubernetes-cluster';
export { wholeReasonOf } from './pod-reason';
export { type PodState, type PodTrouble, podStateOf } from './pod-state';
export { type PodStatus, podStatusRows, readiness } from './pod-status';
export { imagesOf, neededSecrets } from './pod-template';
export { isPodBehind, type LivePods, livePods, type PodOfWorkload } from './pods';
export { waitPodsReady } from './pods-ready';
export { type PodWithLog, podsWithLogs } from './pods-with-logs';
export { type PodRollOptions, rollPods } from './roll-pods';
export { confirmScaleIn, type LeaveConsent, type LeavingNode, leavingNodes, scaleInProblems } from './scale-in';
export { startedPods } from './started-pods';
export { type Workload, workloadOf } from './workload';
export { type StopStep, startLayers, stopSteps } from './workload-layers';
