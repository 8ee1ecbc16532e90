export { kubernetesAddressing } from './addressing';
export { contentHash, contentHashAnnotation } from './content-hash';
export { type Identity, objectLabels, type Role, selectorLabels, tagAnnotations } from './labels';
export { certificateName, companionName, kafkaObjectName, kafkaPodName, namespaceOf, poolName, serviceHost } from './names';
export { type SecretBinding, secretBinding } from './secret-binding';
export { createService, createServiceAccount, type ServicePort, type ServiceProps } from './service';
export { toolsImage } from './tools-image';
export { Workload, type WorkloadProps } from './workload';
