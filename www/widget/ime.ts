/**
 * Tells typing from composing, so that nothing happens inside an IME composition that should not.
 *
 * - While a composition lasts, its letters (`wei'du`) are not a query and its keys (↑ ↓ Enter Esc)
 *   belong to the IME's own window.
 * - Safari ends the composition before the keydown that ended it, and reports that keydown as not
 *   composing: so keys that come within a short tail after `compositionend` are the IME's, too.
 * - Android's keyboards compose all the time, Latin words as well, and show the letters of a
 *   Chinese composition in their own bar: there, what stands in the input is what was typed.
 */

/** So many milliseconds after `compositionend` a key still counts as the IME's; Safari needs about 10. */
const TAIL_MS = 50;

/** The key code that browsers report for keys that the IME has taken. */
const IME_KEY_CODE = 229;

interface TimedEvent {
  readonly timeStamp: number;
}

interface ImeKeyEvent extends TimedEvent {
  readonly isComposing: boolean;
  readonly keyCode: number;
}

export class CompositionTracker {
  readonly #composesAlways: boolean;
  #composing = false;
  #endedAt = -Infinity;

  /** @param composesAlways Whether the keyboard composes plain typing too, as Android's do. */
  constructor(composesAlways: boolean) {
    this.#composesAlways = composesAlways;
  }

  /** Whether a composition lasts. */
  get composing(): boolean {
    return this.#composing;
  }

  compositionStarted(): void {
    this.#composing = true;
  }

  compositionEnded(event: TimedEvent): void {
    this.#composing = false;
    this.#endedAt = event.timeStamp;
  }

  /** Forgets a composition whose end was never reported, as when the input loses the focus. */
  reset(): void {
    this.#composing = false;
  }

  /** Whether an `input` event brings text that was meant to stand there. */
  isQuery(event: { readonly isComposing?: boolean }): boolean {
    return this.#composesAlways || !(this.#composing || event.isComposing === true);
  }

  /** Whether a `keydown` is the IME's and none of ours. */
  ownsKey(event: ImeKeyEvent): boolean {
    if (event.keyCode === IME_KEY_CODE) return true;
    if (this.#composesAlways) return false;
    return this.#composing || event.isComposing || event.timeStamp - this.#endedAt < TAIL_MS;
  }
}

/** Whether the keyboard of this browser composes all the time. */
export function composesAlways(userAgent: string): boolean {
  return /\bAndroid\b/u.test(userAgent);
}
