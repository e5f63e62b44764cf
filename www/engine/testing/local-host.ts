import { Host } from '../host.ts';
import type { Connect } from '../transport.ts';
import type { OpenWasm } from '../wasm.ts';

/** Hosts on this thread whose messages are cloned on the way, as a worker's would be; `onStart` is given each. */
export function localHosts(openWasm: OpenWasm, onStart?: (host: Host) => void): Connect {
  return async (listener) => {
    const host = new Host(openWasm, (response) => listener.receive(structuredClone(response)));
    onStart?.(host);
    return {
      post: (request) => host.receive(structuredClone(request)),
      terminate: () => host.dispose(),
    };
  };
}
