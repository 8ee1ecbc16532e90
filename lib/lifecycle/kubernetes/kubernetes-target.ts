/** Which cluster is meant, over what KUBECONFIG says. */
export interface KubernetesTarget {
  /** A file with contexts. @default - what KUBECONFIG names, else ~/.kube/config */
  readonly kubeconfig?: string | undefined;
  /** One of its contexts. @default - the current one */
  readonly context?: string | undefined;
  /** How long each answer may take, in seconds. @default - as long as it takes */
  readonly patienceSeconds?: number | undefined;
}
