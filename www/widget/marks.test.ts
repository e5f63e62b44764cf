import { describe, expect, it } from 'vitest';
import { findMarks, needlesOf, segments } from './marks.ts';
import type { Mark } from '../engine/types.ts';

const bracketed = (text: string, marks: readonly Mark[]) =>
  segments({ text, marks })
    .map((segment) => (segment.marked ? `[${segment.text}]` : segment.text))
    .join('');

describe('segments', () => {
  it.each<[string, Mark[], string]>([
    ['清河镇路灯', [[0, 2], [3, 5]], '[清河]镇[路灯]'],
    ['清河镇', [], '清河镇'],
    ['清河镇', [[0, 3]], '[清河镇]'],
    ['', [[0, 1]], ''],
    ['清河镇', [[2, 9]], '清河[镇]'],
    ['清河镇', [[-4, 1]], '[清]河镇'],
    ['清河镇', [[2, 1], [7, 8]], '清河镇'],
    ['清河镇', [[0, 2], [1, 3]], '[清河][镇]'],
    ['清河镇', [[1, 2], [0, 1]], '[清][河]镇'],
    ['清河镇', [[Number.NaN, 2]], '清河镇'],
  ])('of %s with marks %j', (text, marks, expected) => {
    expect(bracketed(text, marks)).toBe(expected);
  });

  it('never lose a code unit', () => {
    const text = '😀<b>&amp;\ud800尾';
    expect(segments({ text, marks: [[1, 4], [5, 99]] }).map((segment) => segment.text).join('')).toBe(text);
  });
});

describe('findMarks', () => {
  it('marks every place, the longest needle first', () => {
    expect(bracketed('清河县清河', findMarks('清河县清河', ['清河', '清河县']))).toBe('[清河县][清河]');
  });

  it('takes needles literally and without regard to case', () => {
    expect(bracketed('a.c abc C++ c++', findMarks('a.c abc C++ c++', ['a.c', 'c++']))).toBe('[a.c] abc [C++] [c++]');
    expect(findMarks('x', [])).toEqual([]);
  });

  it('keeps offsets where folding case changes lengths', () => {
    expect(findMarks('İİ清河', ['清河'])).toEqual([[2, 4]]);
  });
});

describe('needlesOf', () => {
  it('takes words and phrases, leaves exclusions out', () => {
    expect(needlesOf('路灯 "清河 桥" -垃圾 -"旧 桥" “老街”')).toEqual(['路灯', '清河 桥', '老街']);
  });

  it('adds what the engine marked', () => {
    const hit = { title: { text: '臺灣菜', marks: [[0, 2]] as Mark[] }, snippet: { caption: false, text: '', marks: [] } };
    expect(needlesOf('台湾', hit)).toEqual(['台湾', '臺灣']);
  });

  it('keeps single characters only when there is nothing else', () => {
    expect(needlesOf('河 路灯')).toEqual(['路灯']);
    expect(needlesOf('河')).toEqual(['河']);
    expect(needlesOf('  ')).toEqual([]);
  });
});
