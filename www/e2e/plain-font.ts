/**
 * A font of boxes: every Chinese character one as wide as it is high, every other one half as wide. Texts set in it
 * wrap at the same places on every machine, whatever fonts that has.
 */
import type { Page } from '@playwright/test';

const EM = 1000;
const ASCENT = 880;
const DESCENT = -120;

/** Glyphs: how wide they are, and whether they can be seen. The first is the one for characters that have none. */
const GLYPHS = [
  { width: EM, drawn: false },
  { width: EM / 2, drawn: true },
  { width: EM, drawn: true },
  { width: EM / 2, drawn: false },
  { width: EM, drawn: false },
] as const;

/** Which characters have which glyph: from, to, glyph. */
const CHARACTERS = [
  [0x20, 0x20, 3],
  [0x21, 0x7e, 1],
  [0xa0, 0xa0, 3],
  [0xa1, 0x2ff, 1],
  [0x2010, 0x2027, 2],
  [0x2030, 0x205e, 2],
  [0x2100, 0x2bff, 2],
  [0x2e80, 0x2fff, 2],
  [0x3000, 0x3000, 4],
  [0x3001, 0xd7ff, 2],
  [0xf900, 0xfaff, 2],
  [0xfe30, 0xffef, 2],
  [0x20000, 0x3ffff, 2],
] as const;

const u16 = (...numbers: number[]): number[] => numbers.flatMap((number) => [(number >> 8) & 255, number & 255]);
const u32 = (...numbers: number[]): number[] => numbers.flatMap((number) => [...u16(number >>> 16), ...u16(number & 0xffff)]);
const tag = (text: string): number[] => Array.from(text, (letter) => letter.charCodeAt(0));
const zeros = (count: number): number[] => Array<number>(count).fill(0);

/** A rectangle with a little room around it; nothing for a glyph that cannot be seen. */
function outline({ width, drawn }: (typeof GLYPHS)[number]): number[] {
  if (!drawn) return [];
  const [left, right, bottom, top] = [80, width - 80, -40, 780];
  // One contour of four points on the curve, each given by its distance from the one before.
  const points = [...[1, 1, 1, 1], ...u16(left, 0, right - left, 0), ...u16(bottom, top - bottom, 0, bottom - top)];
  return [...u16(1, left, bottom, right, top), ...u16(3, 0), ...points];
}

/** The tables of a TrueType font, as https://learn.microsoft.com/typography/opentype/spec has them. */
function tables(): [name: string, bytes: number[]][] {
  const outlines = GLYPHS.map(outline);
  const starts = outlines.reduce<number[]>((ends, bytes) => [...ends, (ends[ends.length - 1] ?? 0) + bytes.length], [0]);
  // Format 13: every character of a range has the same glyph.
  const groups = CHARACTERS.flatMap((range) => u32(...range));
  const ranges = [...u16(13, 0), ...u32(16 + groups.length, 0, CHARACTERS.length), ...groups];
  return [
    [
      'OS/2',
      [
        ...u16(4, EM, 400, 5, 0, 650, 600, 0, 75, 650, 600, 0, 350, 50, 300, 0),
        ...zeros(10 + 16),
        ...tag('NONE'),
        ...u16(64, 0x20, 0xffff, ASCENT, DESCENT, 0, ASCENT, -DESCENT),
        ...zeros(8),
        ...u16(500, 700, 0, 0x20, 1),
      ],
    ],
    ['cmap', [...u16(0, 1, 3, 10), ...u32(12), ...ranges]],
    ['glyf', outlines.flat()],
    ['head', [...u32(0x10000, 0x10000, 0, 0x5f0f3cf5), ...u16(3, EM), ...zeros(16), ...u16(0, DESCENT, EM, ASCENT, 0, 8, 2, 1, 0)]],
    ['hhea', [...u32(0x10000), ...u16(ASCENT, DESCENT, 0, EM, 0, 0, EM, 1, 0, 0), ...zeros(8), ...u16(0, GLYPHS.length)]],
    ['hmtx', GLYPHS.flatMap(({ width }) => u16(width, 80))],
    ['loca', u32(...starts)],
    ['maxp', [...u32(0x10000), ...u16(GLYPHS.length, 4, 1, 0, 0, 2), ...zeros(16)]],
    ['name', u16(0, 0, 6)],
    ['post', [...u32(0x30000, 0), ...u16(-100, 50), ...zeros(20)]],
  ];
}

function font(): Buffer {
  const all = tables();
  const directory: number[] = [...u32(0x10000), ...u16(all.length, 128, 3, all.length * 16 - 128)];
  const body: number[] = [];
  for (const [name, bytes] of all) {
    directory.push(...tag(name), ...u32(0, 12 + all.length * 16 + body.length, bytes.length));
    body.push(...bytes, ...zeros((4 - (bytes.length % 4)) % 4));
  }
  return Buffer.from([...directory, ...body]);
}

/** Sets everything in the font, on all pages that are loaded from now on. */
export async function usePlainFont(page: Page): Promise<void> {
  await page.addInitScript((base64) => {
    const bytes = Uint8Array.from(atob(base64), (letter) => letter.charCodeAt(0));
    document.fonts.add(new FontFace('Plain', bytes));
    const sheet = new CSSStyleSheet();
    sheet.replaceSync('* { font-family: Plain !important; --souwen-font: Plain; --souwen-reading-font: Plain }');
    document.adoptedStyleSheets = [...document.adoptedStyleSheets, sheet];
  }, font().toString('base64'));
}
