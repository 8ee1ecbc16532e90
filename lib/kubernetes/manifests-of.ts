import { App } from 'cdk8s';
import { type Environment, isStrimzi } from '../model';
import { KafkaChart } from './kafka-chart';
import { type ManifestObject, manifestFiles } from './manifest-files';
import { StrimziChart } from './strimzi/strimzi-chart';

/** The manifests of an environment: file name to text, in the order of application, with a `kustomization.yaml`. Fails like synthesis. */
export function manifestsOf(environment: Environment): ReadonlyMap<string, string> {
  const chart = new (isStrimzi(environment) ? StrimziChart : KafkaChart)(new App(), environment.name, { environment });
  return manifestFiles(chart.toJson() as readonly ManifestObject[]);
}
