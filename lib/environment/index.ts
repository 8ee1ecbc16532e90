export type { Discovery, EnvironmentFile } from './discover';
export { type FileReads, stillHold, withReads } from './file-reads';
export { type FileRead, type FileSystem, memoryFileSystem } from './file-system';
export { type EnvironmentLoader, environmentLoader, type LoadedEnvironment, type LoaderOptions, type Parse } from './load';
export type { Layer, Origin } from './located';
export { nodeFileSystem } from './node-file-system';
export type { Leaf, Provenance, Source } from './provenance';
export { type ProblemJson, type ProblemsJson, problemsJson, renderProblems, sortProblems } from './render-problems';
