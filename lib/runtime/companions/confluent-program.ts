import type { Companion, CompanionName } from '../../model';
import { compareVersions } from '../../model';
import { heapOptions } from '../jvm';
import { logging } from '../logging';
import type { Process } from '../process';
import { configDirectory } from '../process';
import { renderProperties, type SettingValues } from '../properties';
import { companionHeap, companionImage, type DefaultImage } from './companion-process';

/** A program of Confluent Platform that reads one properties file. */
export interface ConfluentProgram {
  readonly companion: Companion<CompanionName>;
  readonly image: DefaultImage;
  /** How the names of its environment variables begin, such as `SCHEMA_REGISTRY`. */
  readonly variables: string;
  readonly program: string;
  /** The name of its file. */
  readonly file: string;
  /** Under what the environment file says. */
  readonly defaults: SettingValues;
  /** Over what the environment file says. */
  readonly owned: SettingValues;
}

/** Confluent's images run as this user. */
export const confluentUser = 1000;

/** Command, environment and files of such a program: its settings come from the file alone, its log goes to the console. */
export function confluentProgram(plan: ConfluentProgram): {
  readonly command: readonly string[];
  readonly env: Process['env'];
  readonly files: Process['files'];
} {
  const { companion, variables } = plan;
  const { tag } = companionImage(plan.image, companion);
  const log = logging({ library: compareVersions(tag, '8') < 0 ? 'log4j' : 'log4j2', audit: false });
  const path = `${configDirectory}/${plan.file}`;
  return {
    command: [plan.program, path],
    env: {
      [`${variables}_HEAP_OPTS`]: heapOptions(companionHeap(companion)),
      [`${variables}_LOG4J_OPTS`]: log.option,
      LOG_DIR: '/tmp',
    },
    files: [{ path, content: renderProperties({ ...plan.defaults, ...companion.config, ...plan.owned }) }, log.file],
  };
}
