/**
 * What is wrong with how the element lies in its page, whatever the fonts: texts wider than their boxes, controls on top
 * of each other or out of the window, targets below 44 px. Runs in the page.
 */
export function misfits(host: Element): string[] {
  const found: string[] = [];
  const root = host.shadowRoot;
  if (!root) return ['no element'];
  const scope = root.querySelector('dialog[open]') ?? root;
  const all = (selector: string): HTMLElement[] =>
    Array.from(scope.querySelectorAll<HTMLElement>(selector)).filter(
      (element) => element.getClientRects().length > 0 && getComputedStyle(element).visibility !== 'hidden' && !element.closest('.visually-hidden'),
    );
  const name = (element: Element): string => element.getAttribute('part') ?? (element.className || element.localName);

  const overflow = document.documentElement.scrollWidth - document.documentElement.clientWidth;
  if (overflow > 0) found.push(`the page can be scrolled ${overflow} px sideways`);

  for (const box of all('button, label, p, .pick, .title, .status, .offline, .field, .head, .filters, .panel')) {
    if (getComputedStyle(box).display !== 'inline' && box.scrollWidth > box.clientWidth + 1) {
      found.push(`${name(box)} is ${box.scrollWidth - box.clientWidth} px too wide`);
    }
  }

  /** What can be seen of a box: boxes around it that scroll cut it off. */
  const seen = (element: Element): { left: number; right: number; top: number; bottom: number } => {
    let { left, right, top, bottom } = element.getBoundingClientRect();
    for (let around = element.parentElement; around; around = around.parentElement) {
      if (getComputedStyle(around).overflow === 'visible') continue;
      const rect = around.getBoundingClientRect();
      [left, right] = [Math.max(left, rect.left), Math.min(right, rect.right)];
      [top, bottom] = [Math.max(top, rect.top), Math.min(bottom, rect.bottom)];
    }
    return { left, right, top, bottom };
  };

  // A box to tick is as large as its label.
  const controls = all('button, a, select, input, [role=option]').map((control) => control.closest('label.value') ?? control);
  const boxes = controls.map((control) => ({ control, rect: control.getBoundingClientRect(), shown: seen(control) }));
  for (const { control, rect, shown } of boxes) {
    const least = control.matches('.field *') ? 42 : 44;
    if (rect.height < least || rect.width < 44) found.push(`${name(control)} is ${rect.width} × ${rect.height} px`);
    if (shown.left < 0 || shown.right > innerWidth + 0.5) found.push(`${name(control)} leaves the window`);
  }
  for (const [index, { control: one, shown: a }] of boxes.entries()) {
    for (const { control: other, shown: b } of boxes.slice(index + 1)) {
      if (one.contains(other) || other.contains(one)) continue;
      const across = Math.min(a.right, b.right) - Math.max(a.left, b.left);
      const down = Math.min(a.bottom, b.bottom) - Math.max(a.top, b.top);
      if (across > 1 && down > 1) found.push(`${name(one)} overlaps ${name(other)}`);
    }
  }
  return [...new Set(found)];
}

/**
 * What cannot be told from what it stands on, or from its neighbours, where the reader has forced colours of their own upon the
 * page: shades are no help there, borders, outlines and underlines are. Runs in the page.
 */
export function indistinct(host: Element): string[] {
  const root = host.shadowRoot;
  if (!matchMedia('(forced-colors: active)').matches || !root) return ['no forced colours'];
  const scope = root.querySelector('dialog[open]') ?? root;
  const found: string[] = [];
  const check = (selector: string, rule: string, holds: (style: CSSStyleDeclaration, element: Element) => boolean): void => {
    for (const element of Array.from(scope.querySelectorAll(selector))) {
      const style = getComputedStyle(element);
      if (element.getClientRects().length === 0 || style.visibility === 'hidden' || holds(style, element)) continue;
      found.push(`${element.getAttribute('part') ?? (element.getAttribute('class') || element.localName)}: ${rule}`);
    }
  };
  const canvas = getComputedStyle(host.ownerDocument.body).backgroundColor;
  const line = (style: CSSStyleDeclaration): boolean => style.borderTopStyle === 'solid' && style.borderTopColor !== canvas;
  check('button, select, input[type=date]', 'looks like text', (style, element) => {
    return line(style) || style.textDecorationLine === 'underline' || element.querySelector('.icon, b') !== null || element.matches('.modal-close');
  });
  check('.field, dialog[open]', 'has no edge', line);
  check('.field:focus-within', 'does not show the focus', ({ outlineStyle }) => outlineStyle === 'solid');
  check('.option[aria-selected=true], mark.current', 'is not outlined', ({ outlineStyle, outlineColor }) => outlineStyle === 'solid' && outlineColor !== canvas);
  check('mark', 'looks like other text', ({ backgroundColor }) => backgroundColor !== canvas);
  check('.icon', 'is not drawn', ({ stroke }) => stroke !== canvas && stroke !== 'none');
  check('.skeleton i', 'is not there', ({ backgroundColor }) => backgroundColor !== canvas);
  return [...new Set(found)];
}
