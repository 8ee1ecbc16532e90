import { formatBytes, formatCpu, strimziJvmOptions } from '../../model';
import type { StrimziJvm, StrimziResources } from '../custom-resources/strimzi';

const MiB = 2 ** 20;

/** Memory requested and limited alike; a limit of the processor only where there is one. Bytes and thousandths of a core. */
export function strimziResources(memory: number, cpu: { readonly request: number; readonly limit?: number | undefined }): StrimziResources {
  return {
    requests: { cpu: formatCpu(cpu.request), memory: formatBytes(memory) },
    limits: { ...(cpu.limit === undefined ? {} : { cpu: formatCpu(cpu.limit) }), memory: formatBytes(memory) },
  };
}

/** A heap in bytes, and options as the environment has them. */
export function strimziJvm(heap: number, options: readonly string[] = []): StrimziJvm {
  const size = `${Math.floor(heap / MiB)}m`;
  const { xx, system } = strimziJvmOptions(options);
  return {
    '-Xms': size,
    '-Xmx': size,
    ...(Object.keys(xx).length === 0 ? {} : { '-XX': xx }),
    ...(system.length === 0 ? {} : { javaSystemProperties: system }),
  };
}
