/** Why something failed; stable, meant for programs. The message is for people. */
export type SouwenErrorCode =
  | 'bundle-not-found'
  | 'bundle-damaged'
  | 'unsupported-version'
  | 'network'
  | 'storage'
  | 'not-found'
  | 'invalid-argument'
  | 'engine-crashed'
  | 'closed'
  | 'unsupported-browser';

const CODES: ReadonlySet<string> = new Set<SouwenErrorCode>([
  'bundle-not-found',
  'bundle-damaged',
  'unsupported-version',
  'network',
  'storage',
  'not-found',
  'invalid-argument',
  'engine-crashed',
  'closed',
  'unsupported-browser',
]);

/** What every failure of Souwen is: a `code` for programs, a `message` that says what to do. */
export class SouwenError extends Error {
  override readonly name = 'SouwenError';
  readonly code: SouwenErrorCode;

  constructor(code: SouwenErrorCode, message: string, options?: ErrorOptions) {
    super(message, options);
    this.code = code;
  }
}

/** An error as it crosses from the worker; classes do not survive the crossing. */
export interface WireError {
  readonly code: SouwenErrorCode;
  readonly message: string;
}

/**
 * The wire form of what the wasm package threw, or nothing when it was not one of its own
 * errors: then the instance is in an unknown state and must be given up.
 */
export function toWire(thrown: unknown): WireError | undefined {
  if (typeof thrown !== 'object' || thrown === null) return undefined;
  const { code, message } = thrown as { code?: unknown; message?: unknown };
  if (typeof code !== 'string' || !CODES.has(code)) return undefined;
  return { code: code as SouwenErrorCode, message: typeof message === 'string' ? message : code };
}

/** The error that callers get for one that crossed. */
export function fromWire(error: WireError): SouwenError {
  return new SouwenError(error.code, error.message);
}
