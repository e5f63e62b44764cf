import { html, nothing } from 'lit-html';
import type { TemplateResult } from 'lit-html';
import type { MarkedView } from './marked-text.ts';
import type { Messages } from './messages.ts';
import { isFigure } from './table.ts';
import type { Table } from './table.ts';

/** A table of an article. It scrolls sideways by itself where it is too wide, and can be reached to do so. */
export function tableView(table: Table, marked: (text: string) => MarkedView, messages: Messages): TemplateResult {
  return html`<div class="table" part="table" role="group" aria-label=${messages.kinds.table} tabindex="0">
    <table>
      <thead>
        ${table.head.map(
          (row) => html`<tr>
            ${row.map((cell) => html`<th scope="col" colspan=${cell.columns}>${marked(cell.text)}</th>`)}
          </tr>`,
        )}
      </thead>
      <tbody>
        ${table.body.map(
          ([name = '', ...cells]) => html`<tr>
            <th scope="row">${marked(name)}</th>
            ${cells.map((cell) => html`<td class=${isFigure(cell) ? 'figure' : nothing}>${marked(cell)}</td>`)}
          </tr>`,
        )}
      </tbody>
    </table>
  </div>`;
}
