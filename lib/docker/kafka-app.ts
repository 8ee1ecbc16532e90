import { App, type AppConfig } from 'cdktf';
import type { Environment } from '../model';
import { KafkaStack } from './kafka-stack';

/** An app with a stack for each environment, named like it: what cdktf's own tool synthesizes. It makes its output directory at once. */
export function kafkaApp(environments: readonly Environment[], config: AppConfig = {}): App {
  const app = new App(config);
  for (const environment of environments) new KafkaStack(app, environment.name, { environment });
  return app;
}
