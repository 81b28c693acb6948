/**
 * The animatic: what of it the rest of the product may use. Everything else in this folder draws, and
 * runs in a worker thread.
 */
export { AnimaticPictures } from './animatic-pictures.ts';
export { AnimaticStudio } from './animatic-studio.ts';
export { animaticFiles } from './animatic-files.ts';
export { drawnWords } from './drawn-words.ts';
export { CardDrawer } from './card-drawer.ts';
