import { mkdirSync, rmSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { timed } from '../timed-process';
import { byEdit, type Desired, operations } from '../workload';
import type { Peer } from './peer';

/** Its own spelling. */
const operationNames = { READ: 'Read', WRITE: 'Write', DESCRIBE: 'Describe', DESCRIBE_CONFIGS: 'DescribeConfigs', ALTER: 'Alter' } as const;

const address = 'Mongey/kafka';

/** Terraform itself is `TERRAFORM`, or what is on the PATH. It is told where the provider is, so that it asks no registry. */
export const terraformProviderKafka: Peer = {
  name: 'terraform',
  program: 'terraform-provider-kafka',
  variable: 'TERRAFORM_PROVIDER_KAFKA',
  source: 'https://github.com/Mongey/terraform-provider-kafka, run by Terraform',
  prepare: (provider, folder, states, limits) => {
    const terraform = process.env.TERRAFORM ?? 'terraform';
    const cliConfig = join(folder, 'terraform.rc');
    writeFileSync(cliConfig, `provider_installation {\n  dev_overrides { "${address}" = ${JSON.stringify(dirname(provider))} }\n}\n`);
    // One folder each, with one state: what is declared is not part of what is timed.
    const folders = byEdit((edit) => write(join(folder, `edit-${edit}`), states[edit]));
    const state = join(folder, 'terraform.tfstate');
    const env = { ...process.env, TF_CLI_CONFIG_FILE: cliConfig, CHECKPOINT_DISABLE: '1', TF_IN_AUTOMATION: '1' };
    const words = ['apply', '-auto-approve', '-input=false', '-no-color', `-state=${state}`];
    return {
      apply: (broker, edit) =>
        timed(terraform, words, {
          ...limits,
          cwd: folders[edit],
          env: { ...env, TF_VAR_bootstrap_server: broker },
        }),
      forget: () => {
        for (const path of [state, `${state}.backup`]) rmSync(path, { force: true });
      },
    };
  },
};

function write(folder: string, { topics, rights }: Desired): string {
  mkdirSync(folder);
  const kafkaTopics = topics.map(({ name, partitions, replicationFactor, config }) => [
    name,
    { name, partitions, replication_factor: replicationFactor, config },
  ]);
  const kafkaAcls = rights.flatMap(({ principal, resource }) =>
    operations.map((operation) => [
      `${principal}_${resource}_${operation}`,
      {
        resource_name: resource,
        resource_type: 'Topic',
        acl_principal: `User:${principal}`,
        acl_host: '*',
        acl_operation: operationNames[operation],
        acl_permission_type: 'Allow',
      },
    ]),
  );
  const configuration = {
    terraform: { required_providers: { kafka: { source: address } } },
    variable: { bootstrap_server: { type: 'string' } },
    provider: { kafka: { bootstrap_servers: [`\${var.bootstrap_server}`], tls_enabled: false } },
    resource: {
      ...(kafkaTopics.length > 0 && { kafka_topic: Object.fromEntries(kafkaTopics) }),
      ...(kafkaAcls.length > 0 && { kafka_acl: Object.fromEntries(kafkaAcls) }),
    },
  };
  writeFileSync(join(folder, 'main.tf.json'), JSON.stringify(configuration, undefined, 2));
  return folder;
}
