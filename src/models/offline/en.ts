import type { Bank } from './bank.ts';
import { explainerEn } from './en-explainer.ts';
import { listEn } from './en-list.ts';
import { storyEn, wholeEn } from './en-story.ts';

export const en: Bank = {
  language: 'en',
  story: storyEn,
  list: listEn,
  explainer: explainerEn,
  whole: wholeEn,
  words: {
    time: {
      dawn: 'dawn',
      morning: 'morning',
      noon: 'noon',
      afternoon: 'afternoon',
      dusk: 'dusk',
      night: 'night',
    },
    day: 'day {day}',
    props: {
      absent: 'the {object}: not found yet',
      hero: 'the {object}: with {hero}',
      rival: 'the {object}: in the hands of {rival}',
      regained: 'the {object}: no longer in the hands of {rival}',
      given: 'the {object}: what is left of it is with {ally}',
      none: 'the props: where they are needed',
    },
    knows: {
      nothing: 'the secret: suspected by nobody',
      hero: 'the secret: known to {hero} alone',
      shared: 'the secret: known to {hero} and {ally}, guessed by {rival}',
      truth: 'the secret: known to {hero} and {rival}, in part to {ally}',
      all: 'the secret: known to everybody',
      viewer: 'the viewer: knows what has been shown so far',
    },
    wears: {
      plain: '{hero}: clothes as in the character list',
      coat: '{hero}: a dark coat over the usual clothes',
      worn: '{hero}: the dark coat, now torn and dusty',
      fresh: '{hero}: clothes clean again, without the coat',
    },
    premise: 'For the first time it cannot be overlooked: {idea}.',
    logline: {
      'three-act':
        '{premise} {rival} wants it hushed up, and {hero} has to choose between holding on and letting go.',
      list: '{topic}, in {count} points, from the easiest to the one that holds the others together.',
      explainer:
        '{question} An answer in plain steps, with one comparison, one example and one common mistake.',
    },
    turn: 'Make the turn of this scene visible: what is different at its end?',
    asked: 'Asked for: {instruction}',
    takes: [
      'We come in late, when the most important thing has just been said.',
      'The whole scene is played in one look, held longer than is comfortable.',
      'We see it from outside first, through glass, without the sound.',
      'The camera stays on the hands; the faces come last.',
      'It begins at the end: we see the outcome, and then how it came about.',
      'Somebody else watches from the edge of the picture, and we watch that face.',
      'Everything happens during some quite ordinary work that is not interrupted.',
      'The two sides change places: the one who usually leads now follows.',
    ],
    ranks: [
      'An easy one: it can be done today.',
      'Everybody knows it, and hardly anybody does it.',
      'It sounds wrong until it is tried.',
      'It costs a little, and that is why it works.',
      'This is the one that people argue about.',
      'Small, nearly invisible, and it changes the rest.',
      'This one takes patience.',
      'The surprising one.',
    ],
    lastRank: 'And this one holds all the others together.',
    stages: [
      'It begins with something very small.',
      'The second part waits for the first.',
      'Now two things meet.',
      'This is where it gets faster.',
      'Here it is decided which way it goes.',
      'Something stays behind, and that matters.',
      'The circle begins to close.',
    ],
    lastStage: 'And with that, it is done.',
    voices: [
      'low and even; pauses before important words',
      'quick, with dry humour',
      'soft and polite; never raises it',
      'slow, warm, a little rough',
    ],
    item: 'Number {n}',
    step: 'Step {n}',
    untitled: 'Untitled',
    this: 'this',
    question: '{topic}: what really happens?',
    objects: [],
  },
};
