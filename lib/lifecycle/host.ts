/** The machine that the commands run on. */
export interface Host {
  /** Whether nobody listens on a port. */
  portIsFree(port: number): Promise<boolean>;
  /** Free bytes on the disk of a directory, or of the nearest one above it that is there; undefined where that cannot be told. */
  freeBytes(directory: string): number | undefined;
  fileExists(path: string): boolean;
  /** Milliseconds since some moment. */
  clock(): number;
  pause(milliseconds: number): Promise<void>;
}
