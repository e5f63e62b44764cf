import type { Controller, Host } from './element.ts';
import { zhCN } from './messages.ts';
import type { Messages } from './messages.ts';

/** Languages whose words are loaded where a page is written in them. */
type Loaded = 'en' | 'zh-TW' | 'zh-HK';

const LOAD: Readonly<Record<Loaded, () => Promise<Messages>>> = {
  en: () => import('./messages.en.ts').then(({ en }) => en),
  'zh-TW': () => import('./messages.zh-tw.ts').then(({ zhTW }) => zhTW),
  'zh-HK': () => import('./messages.zh-hk.ts').then(({ zhHK }) => zhHK),
};

const words = new Map<string, Messages>([['zh-CN', zhCN]]);

/**
 * The language that the widget speaks on a page of some language. Chinese goes by its script where
 * the tag names it and else by the region; what is neither Chinese nor English gets simplified Chinese.
 */
function spokenLanguage(tag: string): Loaded | 'zh-CN' {
  const language = tag.replaceAll('_', '-').toLowerCase();
  if (/^en\b/u.test(language)) return 'en';
  if (/^yue\b/u.test(language)) return 'zh-HK';
  if (!/^zh\b/u.test(language) || /\bhans\b/u.test(language)) return 'zh-CN';
  if (/-(?:hk|mo)\b/u.test(language)) return 'zh-HK';
  return /-(?:tw|hant)\b/u.test(language) ? 'zh-TW' : 'zh-CN';
}

/** The words for a language tag, if they are there; else simplified Chinese. */
export function wordsFor(tag: string): Messages {
  return words.get(spokenLanguage(tag)) ?? zhCN;
}

/** Loads the words for a language tag; nothing if they are there. */
export function loadWords(tag: string): Promise<void> | undefined {
  const language = spokenLanguage(tag);
  if (words.has(language)) return undefined;
  return messagesFor(tag).then(
    () => undefined,
    // Without them the widget speaks Chinese, and tries again when it is rendered next.
    () => undefined,
  );
}

/** All words of a language, as for a page that changes some of them. */
export async function messagesFor(tag: string): Promise<Messages> {
  const language = spokenLanguage(tag);
  const known = words.get(language);
  if (known || language === 'zh-CN') return known ?? zhCN;
  const messages = await LOAD[language]();
  words.set(language, messages);
  return messages;
}

/** Renders an element anew when its page becomes one of another language. */
export class LanguageController implements Controller {
  readonly #host: Host;
  #observer: MutationObserver | undefined;

  constructor(host: Host) {
    this.#host = host;
    host.addController(this);
  }

  hostConnected(): void {
    this.#observer = new MutationObserver(() => this.#host.requestUpdate());
    this.#observer.observe(document.documentElement, { attributeFilter: ['lang'] });
  }

  hostDisconnected(): void {
    this.#observer?.disconnect();
  }
}
