import type { Environment, Image } from '../model';

/** This package's version, and so the tag of its tools image. */
export const packageVersion = '0.1.0';

/** The image with the Java agents and the command line. */
export function toolsImage(environment: Environment): Image {
  const override = environment.platform.kubernetes.toolsImage;
  return {
    registry: override?.registry,
    repository: override?.repository ?? 'kafkon/tools',
    tag: override?.tag ?? packageVersion,
    digest: override?.digest,
    pullPolicy: override?.pullPolicy ?? 'IfNotPresent',
  };
}

/** Where the tools image holds the agents. */
export const toolsAgentDirectory = '/kafkon/agents';
