import type { Construct } from 'constructs';
import { brokersOf, convergencePrincipal, type Environment } from '../../model';
import { type Addressing, exporterConfig } from '../../runtime';
import { createStrimzi, type KafkaSpec } from '../custom-resources/strimzi';
import { k8s } from '../k8s';
import { kafkaObjectName } from '../names';
import { strimziListeners } from './listeners';
import { clusterName, strimziMetadata } from './names';
import { zoneVariable } from './node-pool';
import { strimziContainer } from './pods';
import { strimziSettings } from './settings';

const metricsKey = 'exporter.yaml';

/** Who is never refused: the environment's own, and the convergence. With a certificate one is called by its whole subject. */
function superUsers(environment: Environment): readonly string[] {
  const own = environment.superUsers.map((account) =>
    environment.serviceAccounts[account]?.authentication === 'mtls' ? `CN=${account}` : account,
  );
  return [`CN=${convergencePrincipal(environment.name)}`, ...own];
}

/** What every user may take that has no quota of their own. */
function defaultQuotas(environment: Environment): Pick<KafkaSpec['kafka'], 'quotas'> {
  const quota = environment.quotas.find(({ user, clientId }) => user === 'default' && clientId === undefined);
  if (quota === undefined) return {};
  const { user: _, clientId: __, ...limits } = quota;
  const given = Object.entries(limits).filter((entry): entry is [string, number] => entry[1] !== undefined);
  return { quotas: { type: 'kafka', ...Object.fromEntries(given) } };
}

/** The same rules of the exporter as on other platforms, so that alerts and dashboards read the same names. */
function createMetrics(scope: Construct, environment: Environment): Pick<KafkaSpec['kafka'], 'metricsConfig'> {
  if (!environment.monitoring.enabled) return {};
  const name = kafkaObjectName(environment, 'metrics');
  const { annotations, labels } = strimziMetadata(environment, 'kafka', name);
  const { 'strimzi.io/cluster': _, ...plain } = labels;
  new k8s.KubeConfigMap(scope, 'Metrics', {
    metadata: { ...strimziMetadata(environment, 'kafka', name), labels: plain, annotations },
    // One configuration for all nodes: what a node does not have, it does not export.
    data: { [metricsKey]: exporterConfig('combined', { metadata: 'kraft' }) },
  });
  return { metricsConfig: { type: 'jmxPrometheusExporter', valueFrom: { configMapKeyRef: { name, key: metricsKey } } } };
}

function entityOperator(environment: Environment): Pick<KafkaSpec, 'entityOperator'> {
  const topics = environment.convergence.topics === 'operator';
  const template = {
    ...(topics ? { topicOperatorContainer: strimziContainer } : {}),
    userOperatorContainer: strimziContainer,
  };
  return { entityOperator: { ...(topics ? { topicOperator: {} } : {}), userOperator: {}, template } };
}

/** Cruise Control, with a template by which brokers that join get their share and those that leave are emptied. */
function createCruiseControl(scope: Construct, environment: Environment): Pick<KafkaSpec, 'cruiseControl'> {
  const several = brokersOf(environment).length > 1;
  if (!(environment.platform.kubernetes.strimzi.cruiseControl ?? several)) return {};
  const name = kafkaObjectName(environment, 'rebalance');
  const metadata = strimziMetadata(environment, 'rebalance', name, { 'strimzi.io/rebalance-template': 'true' });
  createStrimzi(scope, 'Rebalance', 'KafkaRebalance', metadata, {});
  const autoRebalance = ['add-brokers', 'remove-brokers'].map((mode) => ({ mode, template: { name } }));
  return { cruiseControl: { autoRebalance, template: { cruiseControlContainer: strimziContainer } } };
}

/** The Kafka resource: what all nodes have in common, and the operators beside them. */
export function createKafka(scope: Construct, environment: Environment, addressing: Addressing): void {
  const zoned = brokersOf(environment).every(({ zone }) => zone !== undefined);
  createStrimzi(scope, 'Kafka', 'Kafka', strimziMetadata(environment, 'kafka', clusterName(environment)), {
    kafka: {
      version: environment.kafka.version.release,
      listeners: strimziListeners(environment),
      config: strimziSettings(environment, addressing),
      ...(environment.authorization === 'acl' ? { authorization: { type: 'simple', superUsers: superUsers(environment) } } : {}),
      ...(zoned ? { rack: { type: 'environment-variable', envVarName: zoneVariable } } : {}),
      ...createMetrics(scope, environment),
      ...defaultQuotas(environment),
      template: { podDisruptionBudget: { maxUnavailable: 1 } },
    },
    ...entityOperator(environment),
    ...createCruiseControl(scope, environment),
  });
}
