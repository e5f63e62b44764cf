/** Walks through the marked places of an article, from one to the next and around. */
export class MarkWalker {
  readonly #places: () => readonly HTMLElement[];
  #current: HTMLElement | undefined;

  /** @param places Gives the places as they stand now, from first to last. */
  constructor(places: () => readonly HTMLElement[]) {
    this.#places = places;
  }

  /** How many places there are. */
  get all(): number {
    return this.#places().length;
  }

  /** The place that is shown, from 1; 0 before one is. */
  get position(): number {
    return this.#current ? this.#places().indexOf(this.#current) + 1 : 0;
  }

  /** Shows the next place, or the one before: by 1 or −1. */
  step(by: 1 | -1): void {
    const places = this.#places();
    if (places.length === 0) return;
    const from = this.position - 1;
    const to = from < 0 && by < 0 ? places.length - 1 : (from + by + places.length) % places.length;
    this.#leave();
    this.#current = places[to];
    this.#current?.classList.add('current');
    this.#current?.part.add('mark-current');
    this.#current?.scrollIntoView({ block: 'center', behavior: calm() ? 'auto' : 'smooth' });
  }

  /** Forgets the place that is shown. */
  reset(): void {
    this.#leave();
    this.#current = undefined;
  }

  #leave(): void {
    this.#current?.classList.remove('current');
    this.#current?.part.remove('mark-current');
  }
}

/** Whether the reader wants nothing to move. */
function calm(): boolean {
  return matchMedia('(prefers-reduced-motion: reduce)').matches;
}
