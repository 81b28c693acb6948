import type { ListStep, Matter, Moment } from './bank.ts';

function moment(
  title: string,
  summary: string,
  action: string,
  narration: readonly string[],
  note = '',
): Moment {
  return { title, summary, action, narration, ...(note === '' ? {} : { note }) };
}

function matter(
  id: string,
  step: ListStep,
  needed: readonly number[],
  moments: readonly Moment[],
): Matter {
  return { id, step, needed, moments };
}

export const listEn: readonly Matter[] = [
  matter(
    'list-hook',
    'hook',
    [0, 1, 2],
    [
      moment(
        'The promise',
        'A picture that raises the question at once: who manages this, and how? Topic: {topic}.',
        '{hero} stands perfectly still at {spot} while people hurry past on both sides. Then {hero} turns to the camera and pushes aside everything that lies there.',
        ['There are {count} of them.', 'The last one holds all the others together.'],
        'The first three seconds decide. Which picture of “{topic}” stops a thumb?',
      ),
      moment(
        'The opposite',
        'How it looks without: a small everyday failure that everyone knows.',
        '{ally} drops keys, bag and cup in front of {way} in one slow accident. {ally} looks into the camera as if caught.',
        ['Everybody knows this day.', 'It does not have to be like that.'],
      ),
      moment(
        'Why these',
        'Where the selection comes from, in one sentence that earns trust.',
        '{hero} sorts a heap of pebbles on {spot} into two rows, quickly, without looking up. One row stays; the other goes back in the sack.',
        ['Many are named. These have been left over.'],
        'Say honestly where your list comes from.',
      ),
    ],
  ),
  matter(
    'list-promise',
    'promise',
    [0, 1],
    [
      moment(
        'How we count',
        'The rule of the game: from easy to hard, with one surprise on the way.',
        '{hero} lays an empty row of markers on {spot}, one for each point to come. {hero.his} finger runs along and taps the last.',
        ['We begin with the easy one.', 'The hardest comes last.'],
      ),
      moment(
        'Who it is for',
        'We name the viewer and the trouble, so that nobody feels lectured.',
        '{hero} holds the door at {way} open for {ally}, who comes in tired. They sit down at the same height.',
        ['If you are starting today: you are not late.'],
      ),
    ],
  ),
  {
    openings: 3,
    ...matter(
      'list-item',
      'item',
      [4, 3, 5, 7, 6, 8, 9],
      [
        moment(
          '{item}',
          '{item} is named and shown in its simplest form: [name it in five words].',
          '{hero} sets one more stone into the row on {spot} and looks up. Behind {hero.him}, out of focus, {ally} already does the right thing.',
          ['Number {n}.', '{rank}'],
          '{item}: name it in five words, as a verb.',
        ),
        moment(
          '{item}',
          'With {item} it gets personal: we see it done by somebody we know by now: [name it in five words].',
          '{ally} is busy near {view}, and does not notice that we are watching. {hero} points there with a thumb and keeps quiet.',
          ['Number {n}.', '{rank}'],
          '{item}: show it before you say it. What would a neighbour notice?',
        ),
        moment(
          '{item}',
          '{item} comes as a question, and the answer is a small thing: [name it in five words].',
          '{hero} turns over an empty bowl on {spot}; underneath lies a single stone. {ally} had bet on another place.',
          ['{item}.', '{rank}'],
          '{item}: which sentence would a viewer repeat to a friend?',
        ),
        moment(
          '{item}: without it',
          'How the day goes without {item}, told in one recognisable moment.',
          '{ally} starts three things at {spot} at once, and none of them gets done. A long look at {view}.',
          ['Without it, the day looks like this.'],
        ),
        moment(
          '{item}: in one gesture',
          '{item} in one gesture: what exactly the hands do.',
          '{hero} does it slowly at {spot}, so that each move can be followed. Only the hands, then the face: it was quite simple.',
          ['This is all it takes.', 'Look at the hands.'],
          'Which single gesture shows {item}? Film only that.',
        ),
        moment(
          '{item}: why it works',
          'The reason behind {item}, in a comparison from everyday life.',
          '{hero} tips one domino at {spot} and follows the falling row with {hero.his} eyes. The last one rings a small bell.',
          ['Why does it work? One small thing moves the next.'],
          'Have one fact and its source ready for {item}.',
        ),
        moment(
          '{item}: the usual mistake',
          'Where most go wrong with {item}: too much, too soon.',
          '{ally} loads everything on {spot} into two arms and gets as far as {way}. Half of it falls.',
          ['The usual mistake: everything at once.'],
        ),
        moment(
          '{item}: start small',
          'The version of {item} for today: two minutes, no equipment.',
          '{hero} turns a small hourglass over on {spot}, begins, and stops when it has run through. A nod; that was today.',
          ['Two minutes are enough to begin.'],
        ),
        moment(
          '{item}: the objection',
          'The best objection to {item}, taken seriously.',
          '{rival} folds both arms in front of {spot} and shakes {rival.his} head. {hero} does not argue and moves a chair up.',
          ['And if there is no time for it? Then it is needed most.'],
          'Which objection will be in the comments? Answer that one.',
        ),
        moment(
          '{item}: a week later',
          'What {item} has changed after a week: little, but it can be seen.',
          '{ally} comes through {way} at the same hour as before, with a free hand. The hand waves.',
          ['After a week one thing is different: it is easier.'],
        ),
      ],
    ),
  },
  matter(
    'list-recap',
    'recap',
    [0, 1],
    [
      moment(
        'All of them, quickly',
        'All points once more as a quick chain of gestures, without explanation.',
        '{hero} walks along the finished row on {spot} and touches each stone in passing. Each touch is one short picture from before.',
        ['Once more, all {count}.', 'One is enough to begin with.'],
      ),
      moment(
        'The one that carries',
        'If only one is kept, let it be this one, and why.',
        '{hero} picks the last stone from the row and puts it into the hand of {ally}. The others stay where they are.',
        ['If you only keep one, keep the last.'],
      ),
    ],
  ),
  matter(
    'list-closing',
    'closing',
    [0, 1],
    [
      moment(
        'Your turn',
        'A question to the viewer that can be answered in a comment.',
        '{hero} pushes an empty chair from {spot} towards the camera and waits. The look is friendly and does not blink.',
        ['Which one do you begin with?'],
      ),
      moment(
        'Last picture',
        'The first picture again: the same hurry, and one person now walks calmly.',
        '{ally} walks at an easy pace through the hurrying crowd before {view}. {ally} has time to hold something up for somebody.',
        ['Until next time.'],
      ),
    ],
  ),
];
