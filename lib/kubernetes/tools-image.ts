import type { Environment, Image } from '../model';
import { toolsImage as imageOfTools } from '../runtime';

export { packageVersion, toolsAgentDirectory } from '../runtime';

/** The image with the Java agents and the command line. */
export function toolsImage(environment: Environment): Image {
  return imageOfTools(environment.platform.kubernetes.toolsImage);
}
