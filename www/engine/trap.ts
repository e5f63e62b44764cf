/**
 * What a future of the engine throws as it goes on. It goes on as a promise's reaction, so nobody waits for what comes of
 * that, and the promise of its own stays open for ever: the build has the wasm package's script tell of each here.
 */
let tell: (thrown: unknown) => void = () => undefined;

/** From now on `listener` is told; there is one instance, and one host, for each copy of the script. */
export function onTrap(listener: (thrown: unknown) => void): void {
  tell = listener;
}

/** A promise that continues a future. */
export function continuing(promise: Promise<unknown>): Promise<unknown> {
  promise.catch((thrown: unknown) => tell(thrown));
  return promise;
}
