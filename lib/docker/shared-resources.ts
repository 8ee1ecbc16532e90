import { Image as DockerImage } from '@cdktf/provider-docker/lib/image';
import { Network } from '@cdktf/provider-docker/lib/network';
import { TerraformStack } from 'cdktf';
import type { Construct } from 'constructs';
import { type Environment, type Image, imageReference } from '../model';
import { labelsOf } from './labels';
import { literal } from './literal';
import { logicalId, networkName } from './names';

/** The network of an environment: one in a stack, whichever construct needs it first. */
export function sharedNetwork(scope: Construct, environment: Environment): Network {
  const stack = TerraformStack.of(scope);
  const name = networkName(environment);
  const id = `network ${name}`;
  const known = stack.node.tryFindChild(id);
  if (known instanceof Network) return known;
  const labels = labelsOf({ environment, component: 'network' }).map(({ label, value }) => ({ label, value: literal(value) }));
  const network = new Network(stack, id, { name, driver: 'bridge', labels });
  network.overrideLogicalId(logicalId(name));
  return network;
}

/** An image on the Docker host: pulled where it is not there, and left there when nothing uses it. */
export function sharedImage(scope: Construct, image: Image): DockerImage {
  const stack = TerraformStack.of(scope);
  const reference = imageReference(image);
  const id = `image ${reference}`;
  const known = stack.node.tryFindChild(id);
  if (known instanceof DockerImage) return known;
  const made = new DockerImage(stack, id, { name: literal(reference), keepLocally: true });
  made.overrideLogicalId(logicalId(reference));
  return made;
}
