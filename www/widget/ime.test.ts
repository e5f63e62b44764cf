import { describe, expect, it } from 'vitest';
import { CompositionTracker, composesAlways } from './ime.ts';

const key = (timeStamp: number, isComposing = false, keyCode = 13) => ({ timeStamp, isComposing, keyCode });

describe('with a desktop or iOS keyboard', () => {
  it('plain input is a query at once and keys are ours', () => {
    const ime = new CompositionTracker(false);
    expect(ime.isQuery({ isComposing: false })).toBe(true);
    expect(ime.ownsKey(key(0))).toBe(false);
  });

  it('letters of a composition are no query, its keys are the IME’s', () => {
    const ime = new CompositionTracker(false);
    ime.compositionStarted();
    expect(ime.isQuery({ isComposing: true })).toBe(false);
    // Some browsers leave isComposing false on the first input of a composition.
    expect(ime.isQuery({ isComposing: false })).toBe(false);
    expect(ime.ownsKey(key(10, true))).toBe(true);
    expect(ime.ownsKey(key(10, false))).toBe(true);
  });

  it('Safari’s Enter, which comes after the end of the composition it commits, is the IME’s', () => {
    const ime = new CompositionTracker(false);
    ime.compositionStarted();
    ime.compositionEnded({ timeStamp: 1000 });
    expect(ime.ownsKey(key(1008))).toBe(true);
    expect(ime.isQuery({ isComposing: false })).toBe(true);
    expect(ime.ownsKey(key(1200))).toBe(false);
  });

  it('key code 229 is the IME’s whatever else the event says', () => {
    expect(new CompositionTracker(false).ownsKey(key(0, false, 229))).toBe(true);
    expect(new CompositionTracker(true).ownsKey(key(0, false, 229))).toBe(true);
  });

  it('a composition cut off by leaving the input is over', () => {
    const ime = new CompositionTracker(false);
    ime.compositionStarted();
    ime.reset();
    expect(ime.ownsKey(key(5))).toBe(false);
  });
});

describe('with an Android keyboard', () => {
  it('what is composed is the query, letter by letter', () => {
    const ime = new CompositionTracker(true);
    ime.compositionStarted();
    expect(ime.isQuery({ isComposing: true })).toBe(true);
  });

  it('the search key right after a composition is ours', () => {
    const ime = new CompositionTracker(true);
    ime.compositionStarted();
    ime.compositionEnded({ timeStamp: 1000 });
    expect(ime.ownsKey(key(1001))).toBe(false);
  });

  it('is recognised by the user agent', () => {
    expect(composesAlways('Mozilla/5.0 (Linux; Android 14) AppleWebKit/537.36 Chrome/130.0 Mobile')).toBe(true);
    expect(composesAlways('Mozilla/5.0 (Macintosh; Intel Mac OS X 10_15_7) Version/17.4 Safari/605.1.15')).toBe(false);
  });
});
