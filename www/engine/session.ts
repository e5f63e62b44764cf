import { fromWire, SouwenError } from './errors.ts';
import { OPEN_ID } from './protocol.ts';
import type { Early } from './early.ts';
import type { Calls, Request, Response, Source } from './protocol.ts';
import type { Connect, Transport } from './transport.ts';

/** What an opened session reports. */
export interface SessionListener {
  receive(response: Extract<Response, { type: 'result' | 'error' | 'progress' }>): void;
  /** The instance broke, in call `id` where that is known; the session is over. */
  crashed(id: number | undefined, message: string): void;
}

/** One wasm instance's life, from a fresh host with the index opened to its end. */
export class Session {
  readonly #transport: Transport;
  #over = false;

  private constructor(transport: Transport) {
    this.#transport = transport;
  }

  /**
   * Starts a host and opens the index in it; once more when the first instance breaks doing so.
   * Meanwhile `early` fetches what the host will need.
   */
  static async open(connect: Connect, source: Source, early: () => Promise<Early>, listener: SessionListener): Promise<Session> {
    let breakage = '';
    for (let attempt = 0; attempt < 2; attempt += 1) {
      // The second one fetches everything itself: it may be what the page has sent that broke the first.
      const outcome = await Session.#tryOpen(connect, source, attempt === 0 ? early : async () => ({}), listener);
      if (outcome instanceof Session) return outcome;
      breakage = outcome;
    }
    throw new SouwenError('engine-crashed', `The search engine broke twice while it was opening the index (${breakage}).`);
  }

  /** A session, or the words of the crash that came of trying. */
  static #tryOpen(
    connect: Connect,
    source: Source,
    early: () => Promise<Early>,
    listener: SessionListener,
  ): Promise<Session | string> {
    return new Promise((resolve, reject) => {
      let session: Session | undefined;
      let opened = false;
      const crashed = (id: number | undefined, message: string): void => {
        if (!session || session.#over) return;
        session.end();
        if (opened) listener.crashed(id, message);
        else resolve(message);
      };
      const receive = (response: Response): void => {
        if (response.type === 'crashed') return crashed(response.id, response.message);
        if (response.type === 'ready' || !session || session.#over) return;
        if (response.id !== OPEN_ID) return listener.receive(response);
        if (response.type === 'result') {
          opened = true;
          resolve(session);
        } else if (response.type === 'error') {
          session.end();
          reject(fromWire(response.error));
        }
      };
      // Before anything is fetched: a worker takes the longest to come.
      const connected = connect({ receive, died: (message) => crashed(undefined, message) });
      const fetched = early();
      const begin = async (transport: Transport): Promise<void> => {
        session = new Session(transport);
        const own = await fetched;
        if (session.#over) return;
        const open = (params: Calls['open']['params']): void => session?.post({ type: 'call', id: OPEN_ID, call: { name: 'open', params } });
        try {
          open({ source, early: own });
        } catch {
          // Some browsers send no compiled modules; the host makes its own.
          open({ source });
        }
      };
      connected
        .then(begin)
        .catch((error: unknown) => {
          session?.end();
          reject(error);
        });
    });
  }

  /** False once the session has ended or its instance has broken. */
  get alive(): boolean {
    return !this.#over;
  }

  post(request: Request): void {
    this.#transport.post(request);
  }

  end(): void {
    if (this.#over) return;
    this.#over = true;
    this.#transport.terminate();
  }
}
