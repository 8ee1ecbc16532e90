/** A directory with secrets, a file each. Paths are below it, with `/`. */
export interface SecretStore {
  read(path: string): Uint8Array | undefined;
  /**
   * Writes a file that is not there yet; false when it is. `reader` is who may read it: nobody but its owner, or also the user of a
   * container that it is mounted into. Nobody else on the host comes past the directory itself, which is its owner's alone.
   */
  create(path: string, content: Uint8Array | string, reader: 'owner' | 'containers'): boolean;
  /** The same for a file that may be there: who reads it finds the old or the new. */
  replace(path: string, content: Uint8Array | string, reader: 'owner' | 'containers'): void;
}
