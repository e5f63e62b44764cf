/** What a site tells `souwenServe()`; addresses are relative to the worker's scope. */
interface SouwenServeOptions {
  /** The bundle's folder, with a slash at the end. */
  readonly bundle: string;
  /** Pages and files to keep, so that they are there without a network. */
  readonly shell?: readonly string[];
  /** Another one keeps the shell anew. */
  readonly version?: string;
  /** A page of the shell that is shown in place of one that cannot be had. */
  readonly offline?: string;
  /** Switches everything off: the worker forgets what it kept and unregisters itself. */
  readonly off?: boolean;
}
