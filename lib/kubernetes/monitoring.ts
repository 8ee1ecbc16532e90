import { ApiObject } from 'cdk8s';
import { Construct } from 'constructs';
import { derivedName, dnsLabelLimit, type Environment, isStrimzi } from '../model';
import { type AlertThresholds, alertRules, type Dashboard, dashboards } from '../runtime';
import type { DeployedCluster } from './deployed-cluster';
import { k8s } from './k8s';
import { objectMetadata } from './labels';
import { monitoringOptions } from './monitoring-options';
import { kafkaObjectName, metricsName, namespaceOf, zookeeperStem } from './names';
import { componentOf } from './network-policy-spec';
import { scrapeTargets } from './scrape-targets';
import { createService } from './service';

/** Properties of `Monitoring`. */
export interface MonitoringProps {
  /** The cluster that is watched. */
  readonly cluster: DeployedCluster;
  /** When to call somebody. @default - those of the environment */
  readonly thresholds?: Partial<AlertThresholds>;
}

/**
 * What the Prometheus operator and Grafana need to watch a cluster: a PodMonitor for each kind of process, alert rules, dashboards,
 * and Services for the eyes of people. Makes nothing where the environment is not monitored.
 */
export class Monitoring extends Construct {
  constructor(scope: Construct, id: string, { cluster, thresholds }: MonitoringProps) {
    super(scope, id);
    const { environment } = cluster;
    if (environment?.monitoring.enabled !== true) return;
    const options = monitoringOptions(environment, thresholds);
    // The operator's pods are scraped one by one, and its Services are its own.
    if (!isStrimzi(environment)) this.addServices(environment);
    this.addMonitors(environment);
    new ApiObject(this, 'Rules', {
      apiVersion: 'monitoring.coreos.com/v1',
      kind: 'PrometheusRule',
      metadata: selected(environment, derivedName(dnsLabelLimit, 'kafkon', environment.name), 'kafka'),
      spec: alertRules(options),
    });
    for (const dashboard of dashboards(options)) this.addDashboard(environment, dashboard);
  }

  private addServices(environment: Environment): void {
    const ports = [{ name: 'metrics', port: environment.monitoring.metricsPort }];
    const name = kafkaObjectName(environment, 'metrics');
    createService(this, 'KafkaMetrics', { identity: { environment, component: 'kafka' }, name, ports });
    if (environment.metadata.mode !== 'zookeeper') return;
    createService(this, 'ZookeeperMetrics', {
      identity: { environment, component: 'zookeeper' },
      name: metricsName(zookeeperStem(environment)),
      ports,
    });
  }

  private addMonitors(environment: Environment): void {
    for (const { component, selector } of scrapeTargets(environment)) {
      new ApiObject(this, `Monitor-${component}`, {
        apiVersion: 'monitoring.coreos.com/v1',
        kind: 'PodMonitor',
        metadata: selected(environment, kafkaObjectName(environment, component), componentOf(component)),
        spec: {
          selector,
          podMetricsEndpoints: [
            {
              port: component === 'lag-exporter' ? 'http' : isStrimzi(environment) ? 'tcp-prometheus' : 'metrics',
              interval: `${environment.monitoring.scrapeIntervalSeconds}s`,
              relabelings: [
                { action: 'replace', targetLabel: 'kafka_cluster', replacement: environment.name },
                { action: 'replace', targetLabel: 'kafka_component', replacement: component },
                { action: 'replace', sourceLabels: ['__meta_kubernetes_pod_name'], targetLabel: 'instance' },
              ],
            },
          ],
        },
      });
    }
  }

  private addDashboard(environment: Environment, dashboard: Dashboard): void {
    const slug = derivedName(dnsLabelLimit, dashboard.title);
    const name = kafkaObjectName(environment, 'dashboard', slug);
    const metadata = objectMetadata({ environment, component: 'kafka' }, name, namespaceOf(environment));
    new k8s.KubeConfigMap(this, `Dashboard-${slug}`, {
      // The label by which Grafana's sidecar finds dashboards.
      metadata: { ...metadata, labels: { ...metadata.labels, grafana_dashboard: '1' } },
      data: { [`${slug}.json`]: `${JSON.stringify(dashboard, null, 1)}\n` },
    });
  }
}

/** Metadata with the labels by which the Prometheus operator selects what it reads. */
function selected(environment: Environment, name: string, component: string) {
  const metadata = objectMetadata({ environment, component }, name, namespaceOf(environment));
  return { ...metadata, labels: { ...metadata.labels, ...environment.platform.kubernetes.prometheusLabels } };
}
