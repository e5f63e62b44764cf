import { writeTexts } from './build.ts';
import type { Build } from './build.ts';

export const build: Build = writeTexts;
