import { render } from 'lit-html';
import type { TemplateResult } from 'lit-html';

/**
 * What a custom element needs beside lit-html's templates: properties that attributes set, one
 * rendering for many changes, controllers, style sheets of its own. (Lit's own base class does the
 * same and more, for 3 KB of the widget's 30.)
 */

/** A part of an element's behaviour that follows its life. */
export interface Controller {
  hostConnected?(): void;
  hostDisconnected?(): void;
  /** The element has been rendered. */
  hostUpdated?(): void;
}

/** What a controller knows of its element. */
export interface Host extends HTMLElement {
  addController(controller: Controller): void;
  /** Renders anew, once the current task's changes are all made. */
  requestUpdate(): void;
  /** Resolves when what has been asked for is rendered. */
  readonly updateComplete: Promise<void>;
}

/** How a property is set. Absent attributes, and `undefined`, give `value`. */
export interface Property {
  readonly type?: 'text' | 'number' | 'flag';
  /** Its attribute; none if the property takes what no text can say. */
  readonly attribute?: string;
  /** Whether the attribute shows what the property is, for style sheets. */
  readonly reflect?: boolean;
  readonly value?: unknown;
}

/** The text of a style sheet, which the build makes smaller. */
export const css = String.raw;

const sheets = new Map<string, CSSStyleSheet>();

export abstract class RenderedElement extends HTMLElement implements Host {
  static readonly properties: Readonly<Record<string, Property>> = {};
  static readonly styles: readonly string[] = [];

  readonly #controllers: Controller[] = [];
  readonly #values = new Map<string, unknown>();
  readonly #changed = new Set<string>();
  #update: Promise<void> | undefined;
  #rendered = false;

  static get observedAttributes(): string[] {
    return Object.values(this.properties).flatMap(({ attribute }) => attribute ?? []);
  }

  /** Gives a class its properties; once, before the element is registered. */
  static finalize(): void {
    for (const [name, { value }] of Object.entries(this.properties)) {
      Object.defineProperty(this.prototype, name, {
        configurable: true,
        enumerable: true,
        get(this: RenderedElement): unknown {
          return this.#values.get(name) ?? value;
        },
        set(this: RenderedElement, to: unknown) {
          this.#set(name, to);
        },
      });
    }
  }

  get #class(): typeof RenderedElement {
    return this.constructor as typeof RenderedElement;
  }

  addController(controller: Controller): void {
    this.#controllers.push(controller);
  }

  connectedCallback(): void {
    if (!this.shadowRoot) adopt(this.attachShadow({ mode: 'open' }), this.#class.styles);
    // What was set before the element was registered hides the accessors.
    for (const name of Object.keys(this.#class.properties)) {
      if (!Object.prototype.hasOwnProperty.call(this, name)) continue;
      const own = this as unknown as Record<string, unknown>;
      const value = own[name];
      delete own[name];
      own[name] = value;
    }
    for (const controller of this.#controllers) controller.hostConnected?.();
    this.requestUpdate();
  }

  disconnectedCallback(): void {
    for (const controller of this.#controllers) controller.hostDisconnected?.();
  }

  attributeChangedCallback(attribute: string, _: string | null, text: string | null): void {
    for (const [name, property] of Object.entries(this.#class.properties)) {
      if (property.attribute === attribute) this.#set(name, parse(text, property.type));
    }
  }

  requestUpdate(): void {
    this.#update ??= this.#perform();
  }

  get updateComplete(): Promise<void> {
    return this.#update ?? Promise.resolve();
  }

  /** Resolves when there is all that the first rendering needs. */
  protected readiness(): Promise<void> | undefined {
    return undefined;
  }

  /** Is called before each rendering, with the properties that have been set. */
  protected willUpdate(_changed: ReadonlySet<string>): void {}

  /** Is called after the first rendering. */
  protected firstUpdated(): void {}

  protected abstract render(): TemplateResult;

  #set(name: string, value: unknown): void {
    if (this.#values.get(name) === value) return;
    this.#values.set(name, value);
    this.#changed.add(name);
    const { attribute, reflect } = this.#class.properties[name] ?? {};
    if (reflect && attribute && this.getAttribute(attribute) !== value) {
      if (value === undefined) this.removeAttribute(attribute);
      else this.setAttribute(attribute, String(value));
    }
    this.requestUpdate();
  }

  async #perform(): Promise<void> {
    await undefined;
    await this.readiness();
    // From here on, changes ask for another rendering.
    this.#update = undefined;
    const { shadowRoot } = this;
    if (!shadowRoot) return;
    this.willUpdate(new Set(this.#changed));
    this.#changed.clear();
    render(this.render(), shadowRoot, { host: this });
    for (const controller of this.#controllers) controller.hostUpdated?.();
    if (this.#rendered) return;
    this.#rendered = true;
    this.firstUpdated();
  }
}

function parse(text: string | null, type: Property['type'] = 'text'): unknown {
  if (type === 'flag') return text !== null;
  if (text === null) return undefined;
  return type === 'number' ? Number(text) : text;
}

/** Gives a shadow tree its style sheets, which all elements share where the browser lets them. */
function adopt(root: ShadowRoot, styles: readonly string[]): void {
  const texts = styles.join('');
  try {
    let sheet = sheets.get(texts);
    if (!sheet) {
      sheet = new CSSStyleSheet();
      sheet.replaceSync(texts);
      sheets.set(texts, sheet);
    }
    root.adoptedStyleSheets = [sheet];
  } catch {
    // Firefox before 101 and Safari before 16.4.
    const style = document.createElement('style');
    style.textContent = texts;
    root.append(style);
  }
}
