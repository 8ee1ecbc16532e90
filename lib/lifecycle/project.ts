import { derivedName, dnsLabelLimit, type Environment } from '../model';

/** How one more copy of an environment differs from the environment. */
export interface Project {
  /** The name of the copy: its containers, network and volumes begin with it. @default - the environment itself */
  readonly name?: string | undefined;
  /** Added to every published port, over what the environment adds itself. @default 0 */
  readonly portOffset?: number | undefined;
  /** Where data is kept on the host. @default - what the environment says */
  readonly dataDirectory?: string | undefined;
}

/** The environment as a project has it, so that two of them stand side by side on one host. */
export function projected(environment: Environment, { name, portOffset = 0, dataDirectory }: Project): Environment {
  const { docker } = environment.platform;
  const named = (template: string) => (name === undefined ? template : `${name}-${template}`);
  const templates = Object.entries(docker.containers).map(([section, template]) => [section, named(template)] as const);
  const companions = Object.entries(environment.companions).flatMap(([section, companion]) =>
    companion === undefined || docker.containers[section] !== undefined || name === undefined
      ? []
      : [[section, named(section.replace(/[A-Z]/g, (letter) => `-${letter.toLowerCase()}`))] as const],
  );
  return {
    ...environment,
    name: name ?? environment.name,
    platform: {
      ...environment.platform,
      docker: {
        ...docker,
        ...(name === undefined ? {} : { network: derivedName(dnsLabelLimit, name, 'kafka') }),
        containers: { ...docker.containers, ...Object.fromEntries([...templates, ...companions]) },
        portOffset: docker.portOffset + portOffset,
        ...(dataDirectory === undefined ? {} : { dataDirectory }),
      },
    },
  };
}

/** Where the Terraform of a project is, below the output directory: its state is there, so each project has a place of its own. */
export function projectDirectory(outdir: string, id: string, { name }: Project): string {
  return `${outdir}/docker/${id}${name === undefined ? '' : `@${name}`}`;
}
