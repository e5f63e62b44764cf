/** What kind of machine this is; nothing that tells which. */
import os from 'node:os';

export function machine(): string {
  const cores = os.availableParallelism();
  const gigabytes = Math.round(os.totalmem() / 2 ** 30);
  return `${os.type()} ${os.arch()}, ${cores} cores, ${gigabytes} GB of memory, Node ${process.versions.node}`;
}
