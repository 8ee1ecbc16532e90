import type { Companion, CompanionName, Environment, Image } from '../../model';
import { resolveImage } from '../../model';
import { companionProbes } from '../probes';
import type { Component, Process } from '../process';

/** The image of a companion where the file names none. */
export interface DefaultImage {
  readonly registry?: string | undefined;
  readonly repository: string;
  readonly tag: string;
}

/** What one companion differs in. */
export interface CompanionPlan {
  readonly component: Component;
  readonly companion: Companion<CompanionName>;
  readonly image: DefaultImage;
  /** Numeric, never 0. */
  readonly user: number;
  /** Empty: the image's own entry point. */
  readonly command: readonly string[];
  /** What answers once it is of use; absent for a program that serves nothing. */
  readonly readyPath?: string;
  readonly stopGraceSeconds?: number;
  readonly parts: Partial<Pick<Process, 'env' | 'secretEnv' | 'files' | 'secretFiles' | 'volumes' | 'scratch' | 'readiness' | 'liveness'>>;
}

/** The release of Confluent's companions for an environment on another distribution. */
const confluentRelease = '7.6.0';

/** One of Confluent's images, of the environment's own release where it runs Confluent's Kafka. */
export function confluentImage(environment: Environment, repository: string): DefaultImage {
  const { distribution, release } = environment.kafka.version;
  return { repository: `confluentinc/${repository}`, tag: distribution === 'confluent' ? release : confluentRelease };
}

/** The image that a companion runs. */
export function companionImage(defaults: DefaultImage, companion: Companion<CompanionName>): Image {
  return { ...resolveImage(defaults, companion.image), registry: companion.image?.registry ?? defaults.registry };
}

/** The share of a companion's memory that its JVM takes for its heap; the rest is for threads, buffers and code. */
export function companionHeap(companion: Companion<CompanionName>): number {
  const MiB = 2 ** 20;
  return Math.max(MiB, Math.floor((companion.memory * 0.6) / MiB) * MiB);
}

/** A companion's process, complete. */
export function companionProcess({
  component,
  companion,
  image,
  user,
  command,
  readyPath,
  parts,
  stopGraceSeconds = 30,
}: CompanionPlan): Process {
  return {
    name: component,
    component,
    image: companionImage(image, companion),
    user,
    command,
    env: {},
    secretEnv: {},
    files: [],
    secretFiles: [],
    ports: readyPath === undefined && parts.readiness === undefined ? [] : [{ name: 'http', port: companion.port }],
    volumes: [],
    scratch: ['/tmp'],
    needsAgents: false,
    replicas: companion.replicas,
    memory: companion.memory,
    cpu: { request: companion.cpu },
    ...(readyPath === undefined ? {} : companionProbes(companion.port, readyPath)),
    stopGraceSeconds,
    ...parts,
  };
}
