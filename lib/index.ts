/** What needs no platform: the model, and the reader of environment files. Platforms are `kafkon/kubernetes` and `kafkon/docker`. */
export * from './environment';
export * from './model';
