/**
 * The typed low-level classes of the Kubernetes 1.28 API. The high-level classes beside them are not used for workloads: they
 * have no claim templates and no disruption budgets, and they fill in resources, probes and users that do not suit a broker.
 */
export { k8s } from 'cdk8s-plus-28';
