/** A slow line between a host and a page, as an old phone has one. */
import type { Http2ServerResponse } from 'node:http2';
import { setTimeout as delay } from 'node:timers/promises';

/** What goes over the line at once, in bytes: a packet. */
const PACKET = 1400;

export class Line {
  readonly #latencyMs: number;
  readonly #bytesPerMs: number;
  /** When all that has been put on the line will be through. */
  #free = 0;

  /** @param latencyMs From a request to the first byte of its answer. @param kilobits All answers together, a second. */
  constructor(latencyMs: number, kilobits: number) {
    this.#latencyMs = latencyMs;
    this.#bytesPerMs = kilobits / 8;
  }

  /** Ends a response whose head is written with this body. Responses under way take turns, packet by packet. */
  async end(response: Http2ServerResponse, body: Buffer): Promise<void> {
    await delay(this.#latencyMs);
    for (let start = 0; start < body.length; start += PACKET) {
      const packet = body.subarray(start, start + PACKET);
      const now = performance.now();
      this.#free = Math.max(now, this.#free) + packet.length / this.#bytesPerMs;
      await delay(this.#free - now);
      if (response.stream.destroyed) return;
      response.write(packet);
    }
    response.end();
  }
}
