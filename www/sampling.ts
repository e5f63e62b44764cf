/** Draws from real texts for tests and benches, the same on every machine. */

/** Whole numbers from 0 to below a bound, by Mulberry32. */
export type Random = (below: number) => number;

export function seededRandom(seed: number): Random {
  let state = seed;
  return (below) => {
    state = (state + 0x6d2b79f5) | 0;
    let mixed = Math.imul(state ^ (state >>> 15), 1 | state);
    mixed = (mixed + Math.imul(mixed ^ (mixed >>> 7), 61 | mixed)) ^ mixed;
    return ((mixed ^ (mixed >>> 14)) >>> 0) % below;
  };
}

/** One of some things. */
export function pick<T>(things: readonly T[], random: Random): T {
  const picked = things[random(things.length)];
  if (picked === undefined) throw new Error('There is nothing to pick from.');
  return picked;
}

/** Every place in the texts where a run of Han characters can begin, with up to `longest` characters from there. */
export function hanPlaces(texts: readonly string[], longest: number): string[] {
  const places: string[] = [];
  for (const text of texts) {
    for (const [run] of text.matchAll(/\p{Script=Han}{2,}/gu)) {
      const characters = Array.from(run);
      for (let at = 0; at + 2 <= characters.length; at += 1) places.push(characters.slice(at, at + longest).join(''));
    }
  }
  return places;
}

/** The beginning of a place, `shortest` characters or longer where it has them. */
export function runAt(place: string, shortest: number, random: Random): string {
  const characters = Array.from(place);
  const least = Math.min(shortest, characters.length);
  return characters.slice(0, least + random(characters.length - least + 1)).join('');
}
