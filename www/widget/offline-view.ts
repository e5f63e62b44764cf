import { html, nothing } from 'lit-html';
import type { TemplateResult } from 'lit-html';
import { errorText } from './answer-text.ts';
import type { Messages } from './messages.ts';
import { size } from './numbers.ts';
import type { OfflineController } from './offline-controller.ts';

/** At the panel's end: what works without a network, and a way to have all of it. */
export function offlineView(offline: OfflineController, messages: Messages): TemplateResult | typeof nothing {
  const { state, step, online } = offline;
  if (state === undefined) return nothing;
  return html`<div class="offline" part="offline" data-state=${state}>
    ${online ? nothing : html`<p part="offline-now">${messages.offlineNow}</p>`}
    ${step === 'idle' ? resting(offline, messages) : underWay(offline, messages)}
  </div>`;
}

function resting({ state, total, online, save, remove }: OfflineController, messages: Messages): TemplateResult {
  const badge = state === 'all' ? messages.offlineAll : state === 'old' ? messages.offlineOld : state === 'some' ? messages.offlineSome : '';
  const offer = state === 'old' ? messages.update : total > 0 ? messages.saveSize(size(total)) : messages.save;
  return html`${badge ? html`<p class="badge" part="offline-badge">${badge}</p>` : nothing}
  ${state !== 'all' && online ? button(offer, 'offline-save', save) : nothing}
  ${state === 'all' || state === 'old' ? button(messages.remove, 'offline-remove', remove) : nothing}`;
}

function underWay(offline: OfflineController, messages: Messages): TemplateResult {
  const { loaded, total, fault, step, save, pause, remove } = offline;
  const saving = step === 'saving';
  const text = saving ? messages.saving : messages.paused;
  return html`<label class="saving" part="offline-progress">
      <span>${text} ${total > 0 ? messages.savedOf(size(loaded), size(total)) : ''}</span>
      <progress max="1" .value=${total > 0 ? loaded / total : 0}></progress>
    </label>
    ${fault
      ? html`<p part="offline-fault" role="alert">
          ${'free' in fault ? messages.noRoom(size(total - loaded), size(fault.free)) : errorText(messages, fault.error)}
        </p>`
      : nothing}
    ${saving
      ? button(messages.pause, 'offline-pause', pause)
      : html`${button(messages.resume, 'offline-resume', save)} ${button(messages.remove, 'offline-remove', remove)}`}`;
}

function button(text: string, part: string, act: () => unknown): TemplateResult {
  return html`<button type="button" class="link" part=${part} @click=${(event: Event) => void pressed(event, act)}>${text}</button>`;
}

const wait = (ms: number): Promise<void> => new Promise((resolve) => setTimeout(resolve, ms));

/** The button may go, at once or when all is done; the one that comes in its place has the focus then, unless it is elsewhere. */
async function pressed(event: Event, act: () => unknown): Promise<void> {
  const strip = (event.currentTarget as HTMLElement).closest('.offline');
  const done = act();
  for (const moment of [Promise.race([done, wait(50)]), done]) {
    await moment;
    // Until it is rendered.
    await wait(0);
    if (document.activeElement === document.body) strip?.querySelector<HTMLElement>('button')?.focus({ preventScroll: true });
  }
}
