import type { MetricTable } from '../metric';

/**
 * What every Java process says of itself; the rows without an MBean are served by the agent unasked. JDKs differ in the order in
 * which they name a collector, and the agent's rules go by that order.
 */
export const JVM_METRICS = {
  java_lang_memory_heapmemoryusage_used: {
    kind: 'gauge',
    help: 'Bytes of heap in use',
    source: 'jvm',
    modes: 'both',
    labels: [],
    mbeans: [{ name: 'java.lang:type=Memory', attribute: 'HeapMemoryUsage/used' }],
  },
  java_lang_memory_heapmemoryusage_max: {
    kind: 'gauge',
    help: 'Bytes that the heap may grow to',
    source: 'jvm',
    modes: 'both',
    labels: [],
    mbeans: [{ name: 'java.lang:type=Memory', attribute: 'HeapMemoryUsage/max' }],
  },
  java_lang_garbagecollector_collectiontime: {
    kind: 'counter',
    help: 'Milliseconds spent collecting garbage, by collector',
    source: 'jvm',
    modes: 'both',
    labels: ['gc'],
    mbeans: [
      { name: 'java.lang:name={gc},type=GarbageCollector', attribute: 'CollectionTime' },
      { name: 'java.lang:type=GarbageCollector,name={gc}', attribute: 'CollectionTime' },
    ],
  },
  java_lang_garbagecollector_collectioncount: {
    kind: 'counter',
    help: 'Garbage collections, by collector',
    source: 'jvm',
    modes: 'both',
    labels: ['gc'],
    mbeans: [
      { name: 'java.lang:name={gc},type=GarbageCollector', attribute: 'CollectionCount' },
      { name: 'java.lang:type=GarbageCollector,name={gc}', attribute: 'CollectionCount' },
    ],
  },
  process_cpu_seconds_total: {
    kind: 'counter',
    help: 'Seconds of CPU time that the process has used',
    source: 'agent',
    modes: 'both',
    labels: [],
  },
  process_open_fds: { kind: 'gauge', help: 'Open file descriptors', source: 'agent', modes: 'both', labels: [] },
  process_max_fds: { kind: 'gauge', help: 'File descriptors that the process may open', source: 'agent', modes: 'both', labels: [] },
  jvm_threads_current: { kind: 'gauge', help: 'Live threads', source: 'agent', modes: 'both', labels: [] },
  jmx_scrape_error: { kind: 'gauge', help: '1 when the agent could not read the MBeans', source: 'agent', modes: 'both', labels: [] },
  jmx_scrape_duration_seconds: {
    kind: 'gauge',
    help: 'Seconds that the agent took to read the MBeans',
    source: 'agent',
    modes: 'both',
    labels: [],
  },
} as const satisfies MetricTable;
