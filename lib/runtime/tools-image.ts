import { type Image, resolveImage } from '../model';

/** This package's version, and so the tag of its tools image. */
export const packageVersion = '0.1.0';

/** Where the tools image holds the agents. */
export const toolsAgentDirectory = '/kafkon/agents';

/** The image with the Java agents and the command line; what a platform says of it lies over the default. */
export function toolsImage(override: Parameters<typeof resolveImage>[1]): Image {
  return resolveImage({ repository: 'kafkon/tools', tag: packageVersion }, override);
}
