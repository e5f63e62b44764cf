import { describe, expect, it } from 'vitest';
import { blocks, isFigure } from './table.ts';
import type { Table } from './table.ts';

const tables = (paragraphs: string[]) => blocks(paragraphs).filter((block): block is Table => typeof block !== 'string');

describe('blocks', () => {
  it('leave paragraphs alone', () => {
    expect(blocks(['甲', '乙'])).toEqual(['甲', '乙']);
    expect(blocks([])).toEqual([]);
  });

  it('make one table of the rows that stand together', () => {
    expect(blocks(['说明', '日期\t级别', '6月9日\t优', '来源', '甲\t1'])).toEqual([
      '说明',
      { head: [[{ text: '日期', columns: 1 }, { text: '级别', columns: 1 }]], body: [['6月9日', '优']] },
      '来源',
      { head: [], body: [['甲', '1']] },
    ]);
  });

  it('take the rows before the first figure as the head, each cell over its share of columns', () => {
    const [table] = tables(['县\t累计\t本周', '户数\t面积\t户数\t面积', '甲县\t1\t2\t3\t4', '乙县\t5\t6\t7\t8']);
    expect(table?.head).toEqual([
      [{ text: '县', columns: 1 }, { text: '累计', columns: 2 }, { text: '本周', columns: 2 }],
      ['', '户数', '面积', '户数', '面积'].map((text) => ({ text, columns: 1 })),
    ]);
    expect(table?.body).toHaveLength(2);
  });

  it.each([
    [['甲\t乙\t丙\t丁\t戊', '1\t2\t3']],
    [['甲\t乙\t丙', '1\t2\t3\t4\t5\t6']],
    [['甲', '1\t2'].map((row) => `${row}\t`)],
    [['\t', '\t\t\t']],
  ])('give every row of %j the same width', (paragraphs) => {
    for (const { head, body } of tables(paragraphs)) {
      const widths = [...head.map((row) => row.reduce((sum, cell) => sum + cell.columns, 0)), ...body.map((row) => row.length)];
      expect(new Set(widths).size).toBe(1);
    }
  });
});

describe('isFigure', () => {
  it.each(['0', '1,234.5', '-3%', '−12'])('%s is', (cell) => expect(isFigure(cell)).toBe(true));
  it.each(['', '6月9日', '优', 'PM2.5', '%'])('%s is not', (cell) => expect(isFigure(cell)).toBe(false));
});
