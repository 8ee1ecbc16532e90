import { Chart } from 'cdk8s';
import type { Construct } from 'constructs';
import type { EnvironmentInput } from '../model';

/** The platform section of a construct in a chart: objects go to the chart's namespace, where it has one and none is given. */
export function inNamespaceOf(scope: Construct, platform: EnvironmentInput['platform']): EnvironmentInput['platform'] {
  const { namespace } = Chart.of(scope);
  return namespace === undefined ? platform : { ...platform, kubernetes: { namespace, ...platform?.kubernetes } };
}
