import { derivedName, dnsLabelLimit } from './derived-name';
import type { Environment } from './environment';

/** Where the value of a logical secret is kept: a key of a Kubernetes Secret. */
export interface KubernetesSecret {
  readonly name: string;
  readonly key: string;
}

/** The Secret and key of a logical secret: as bound under `platform.kubernetes.secrets`, else the key of that name in `<kafka>-secrets`. */
export function kubernetesSecret({ platform: { kubernetes } }: Environment, secret: string): KubernetesSecret {
  return kubernetes.secrets[secret] ?? { name: derivedName(dnsLabelLimit, kubernetes.names.kafka, 'secrets'), key: secret };
}
