/** How large an article's text is, in steps; kept in this browser. */
const KEY = 'souwen-text-size';

export const SMALLEST = 0;
export const LARGEST = 4;
const USUAL = 1;

export class TextSize {
  #step: number | undefined;

  get step(): number {
    return (this.#step ??= kept());
  }

  /** One step larger or smaller, if there is one. */
  change(by: 1 | -1): void {
    this.#step = Math.min(Math.max(this.step + by, SMALLEST), LARGEST);
    try {
      localStorage.setItem(KEY, String(this.#step));
    } catch {
      // A browser that keeps nothing for this page: it lasts as long as the page.
    }
  }
}

function kept(): number {
  try {
    const step = Number(localStorage.getItem(KEY) ?? USUAL);
    return Number.isInteger(step) && step >= SMALLEST && step <= LARGEST ? step : USUAL;
  } catch {
    return USUAL;
  }
}
