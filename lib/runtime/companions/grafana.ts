import type { Environment } from '../../model';
import type { Addressing } from '../addressing';
import { dashboards } from '../metrics';
import { monitoringOptions } from '../monitoring-options';
import { configDirectory, type Process, type RuntimeFile } from '../process';
import { secretFile, secretPath } from '../secrets';
import { companionUrl } from './addresses';
import { companionProcess } from './companion-process';

const provisioning = `${configDirectory}/provisioning`;
const dashboardDirectory = `${configDirectory}/dashboards`;

/** JSON is YAML. */
const json = (value: unknown): string => `${JSON.stringify(value, undefined, 2)}\n`;

function provisioned(environment: Environment, addressing: Addressing): RuntimeFile[] {
  const url = companionUrl(environment, addressing, 'prometheus');
  const source = { name: 'Prometheus', type: 'prometheus', access: 'proxy', url, isDefault: true };
  const provider = { name: 'kafka', type: 'file', options: { path: dashboardDirectory } };
  return [
    {
      path: `${provisioning}/datasources/prometheus.yaml`,
      content: json({ apiVersion: 1, datasources: url === undefined ? [] : [source] }),
    },
    { path: `${provisioning}/dashboards/kafka.yaml`, content: json({ apiVersion: 1, providers: [provider] }) },
    ...dashboards(monitoringOptions(environment)).map((dashboard) => ({
      path: `${dashboardDirectory}/${dashboard.uid}.json`,
      content: json(dashboard),
    })),
  ];
}

/** Grafana with the environment's dashboards; nothing made by hand in it outlives the container. */
export function grafanaProcess(environment: Environment, addressing: Addressing): Process | undefined {
  const companion = environment.companions.grafana;
  if (companion === undefined) return undefined;
  return companionProcess({
    component: 'grafana',
    companion,
    image: { repository: 'grafana/grafana', tag: '11.4.0' },
    user: 472,
    command: ['/run.sh'],
    readyPath: '/api/health',
    parts: {
      env: {
        ...Object.fromEntries(Object.entries(companion.config).map(([name, value]) => [name, String(value)])),
        GF_ANALYTICS_REPORTING_ENABLED: 'false',
        GF_PATHS_DATA: '/var/lib/grafana',
        GF_PATHS_PROVISIONING: provisioning,
        // Grafana reads the file itself.
        GF_SECURITY_ADMIN_PASSWORD: `$__file{${secretPath(companion.adminSecret)}}`,
        GF_SERVER_HTTP_PORT: String(companion.port),
        GF_USERS_ALLOW_SIGN_UP: 'false',
      },
      files: provisioned(environment, addressing),
      secretFiles: [secretFile(companion.adminSecret)],
      scratch: ['/tmp', '/var/lib/grafana', '/var/log/grafana'],
    },
  });
}
