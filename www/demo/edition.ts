import type { Hit } from '../engine/types.ts';

/** The articles under one heading. */
export interface Block {
  readonly section: string;
  readonly hits: readonly Hit[];
}

/** What stands where on the front page. */
export interface Edition {
  /** The newest day, `YYYY-MM-DD`. */
  readonly date: string | undefined;
  readonly lead: Hit | undefined;
  /** Beneath the lead, with the beginning of their text. */
  readonly seconds: readonly Hit[];
  /** Beside the lead, headlines only. */
  readonly digest: readonly Hit[];
  readonly photos: readonly Hit[];
  readonly blocks: readonly Block[];
}

const SECONDS = 2;
const DIGEST = 9;
const PHOTOS = 3;
const BLOCKS = 6;
const PER_BLOCK = 4;
/** For articles that name no section. */
const GENERAL = '综合';

/** The articles of the newest day that can lead it: in words, with a headline. */
export function leadCandidates(hits: readonly Hit[], count: number): readonly Hit[] {
  const stories = hits.filter(isStory);
  const newest = stories[0]?.date;
  return stories.filter((hit) => hit.date === newest).slice(0, count);
}

/** Lays out articles that come newest first, with one of them as the lead. */
export function layOut(hits: readonly Hit[], lead: Hit | undefined): Edition {
  const photos = hits.filter((hit) => hit.kind === 'photo').slice(0, PHOTOS);
  const stories = hits.filter((hit) => isStory(hit) && hit !== lead);
  const seconds = stories.slice(0, SECONDS);
  const digest = stories.slice(SECONDS, SECONDS + DIGEST);
  const sections = new Map<string, Hit[]>();
  for (const hit of stories.slice(SECONDS + DIGEST)) {
    const section = hit.section || GENERAL;
    const block = sections.get(section);
    if (block) block.push(hit);
    else sections.set(section, [hit]);
  }
  const blocks = [...sections]
    .map(([section, all]) => ({ section, hits: all.slice(0, PER_BLOCK) }))
    .sort((a, b) => weight(b) - weight(a))
    .slice(0, BLOCKS);
  return { date: hits.find((hit) => hit.date)?.date ?? undefined, lead, seconds, digest, photos, blocks };
}

function isStory(hit: Hit): boolean {
  return hit.kind === 'article' && hit.title.text.trim() !== '';
}

/** Full sections before thin ones, and what names no section last. */
function weight(block: Block): number {
  return block.section === GENERAL ? 0 : block.hits.length;
}
