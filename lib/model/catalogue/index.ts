export {
  type Catalogue,
  type CatalogueLine,
  type ConfigDefinition,
  type ConfigScope,
  type ConfigType,
  catalogueFor,
  catalogueLines,
  type UpdateMode,
} from './catalogue';
export { type ConfigFault, checkConfig } from './check-config';
export type { ConfigValue } from './check-value';
export { catalogueLine } from './line';
