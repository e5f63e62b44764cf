/** A cell of a table's head, and how many columns it stands over. */
export interface HeadCell {
  readonly text: string;
  readonly columns: number;
}

/** A table as a newspaper prints it: the first column names the rows. */
export interface Table {
  readonly head: readonly (readonly HeadCell[])[];
  readonly body: readonly (readonly string[])[];
}

/** A paragraph, or what stood as a table between paragraphs. */
export type Block = string | Table;

const FIGURE = /^[-+−–—]?[\d.,]+%?$/u;

/** Whether a cell is a bare figure, to be set with its digits in line. */
export function isFigure(cell: string): boolean {
  return FIGURE.test(cell);
}

/** Joins paragraphs whose cells stand between tabs into tables; the others stay as they are. */
export function blocks(paragraphs: readonly string[]): Block[] {
  const result: Block[] = [];
  let rows: string[][] = [];
  const close = (): void => {
    if (rows.length > 0) result.push(table(rows));
    rows = [];
  };
  for (const paragraph of paragraphs) {
    if (paragraph.includes('\t')) {
      rows.push(paragraph.split('\t').map((cell) => cell.trim()));
    } else {
      close();
      result.push(paragraph);
    }
  }
  close();
  return result;
}

/** The rows before the first with a figure are the head; in a table without figures, the first is. */
function table(rows: readonly string[][]): Table {
  const figures = rows.findIndex((row) => row.some(isFigure));
  const heads = figures >= 0 ? figures : Math.min(1, rows.length - 1);
  const columns = Math.max(...rows.map((row) => row.length));
  return {
    head: rows.slice(0, heads).map((row) => headRow(row, columns)),
    body: rows.slice(heads).map((row) => [...row, ...Array<string>(columns - row.length).fill('')]),
  };
}

/**
 * The text of a page does not say which head cells stood over several columns. Where the cells
 * after the first divide the columns evenly, each stood over its share; where one is wanting, it
 * is that of the row names, which the row above has already.
 */
function headRow(row: readonly string[], columns: number): HeadCell[] {
  const cells = row.length === columns - 1 ? ['', ...row] : row;
  const [first = '', ...rest] = cells;
  const share = rest.length > 0 ? (columns - 1) / rest.length : 1;
  const spans = Number.isInteger(share) ? share : 1;
  const head = [{ text: first, columns: 1 }, ...rest.map((text) => ({ text, columns: spans }))];
  const wanting = columns - 1 - rest.length * spans;
  return wanting > 0 ? [...head, { text: '', columns: wanting }] : head;
}
