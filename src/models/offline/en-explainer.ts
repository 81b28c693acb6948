import type { ExplainerStep, Matter, Moment } from './bank.ts';

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
  step: ExplainerStep,
  needed: readonly number[],
  moments: readonly Moment[],
): Matter {
  return { id, step, needed, moments };
}

export const explainerEn: readonly Matter[] = [
  matter(
    'exp-hook',
    'hook',
    [0, 1],
    [
      moment(
        'The question',
        'The question of this film, asked by somebody who really wants to know: {question}',
        '{ally} stops in the middle of a movement at {way}, looks at {view} and frowns. {hero}, at {spot}, looks up: a good question.',
        ['{question}', 'Most of us could not say.'],
        'What does a ten-year-old think the answer is? Begin there.',
      ),
      moment(
        'What you can see',
        'What everybody has seen of {subject}, without knowing what lies behind it.',
        '{hero} draws a curtain back beside {spot} and lets in the light. On the wall, a moving shadow whose cause cannot be seen.',
        ['This much you can see.', 'The rest happens where nobody looks.'],
      ),
    ],
  ),
  matter(
    'exp-stakes',
    'stakes',
    [0, 1],
    [
      moment(
        'Why it matters',
        'What depends on {subject}, for one person, on one day.',
        '{ally} sits at {spot} with a paper in both hands and reads the same line again. {hero} draws up a chair.',
        ['It is not only a matter for experts.', 'Sooner or later it is about you.'],
        'Name one person for whom {subject} makes a difference today.',
      ),
      moment(
        'And without it?',
        'The world with {subject} taken away: what is missing first?',
        '{hero} takes one block out of the middle of a tower on {spot}. For a moment it still stands.',
        ['Take it away, and see what happens.'],
      ),
    ],
  ),
  matter(
    'exp-picture',
    'picture',
    [0, 1],
    [
      moment(
        'A picture for it',
        'One comparison that carries the film to its end: it is much like [something in every kitchen].',
        '{hero} builds a small model from string, paper and glass on {spot}. {ally} turns it by a finger, and everything turns with it.',
        ['Think of something you know well.', 'It works in much the same way.'],
        'Choose one comparison for {subject} and keep to it until the end.',
      ),
      moment(
        'Where the picture ends',
        'Where the comparison no longer fits; saying so earns trust.',
        '{ally} pulls at the model, and one thread comes away. {hero} nods and lays the thread beside it.',
        ['No picture fits everywhere.', 'This one fits as far as we need it.'],
      ),
    ],
  ),
  matter(
    'exp-parts',
    'parts',
    [0, 1, 2],
    [
      moment(
        'The parts',
        'Which parts take part in {subject}: no more than three, each with a plain name.',
        '{hero} places three objects on {spot}, far apart: a large one, a small one, one of glass. {hero.his} hand stays on the small one.',
        ['Three things take part.', 'The smallest does the most.'],
        'Which three parts? Leave out all the others without mercy.',
      ),
      moment(
        'Who does what',
        'Each part has one task; we see each of them alone at work.',
        '{hero} lets the large object roll against the glass one: a clear note. {ally} puts a hand on the glass, and the note dies.',
        ['One pushes. One holds. One decides.'],
      ),
      moment(
        'How small is it?',
        'The true size, compared with something in the hand.',
        '{ally} holds a single grain of salt against the light of {view} on a fingertip. The camera goes closer than is polite.',
        ['Beside it, this grain is a mountain.'],
        'Check the scale: how large is it really?',
      ),
    ],
  ),
  {
    openings: 3,
    ...matter(
      'exp-how',
      'how',
      [3, 5, 4, 6, 7, 8],
      [
        moment(
          '{item}: what happens',
          '{item} of how it works: [what happens, with one verb].',
          '{hero} moves one part of the model on {spot} by a hand’s breadth. The others answer, one after the other.',
          ['{item}.', '{rank}'],
          '{item}: one sentence, one verb. What does what?',
        ),
        moment(
          '{item}: what changes',
          '{item} changes one thing, and we see it before and after: [what is different?]',
          '{ally} covers half of the model on {spot} with a sheet of paper and draws it away again. One piece stands differently from before.',
          ['{item}.', '{rank}'],
          '{item}: what is the state before, and what after? Two pictures, no more.',
        ),
        moment(
          '{item}: where it happens',
          '{item} takes us to the very place where it happens: [where?]',
          '{hero} leads the camera round behind the model on {spot} with a small lamp. What looked closed from the front is open here.',
          ['{item}.', '{rank}'],
          '{item}: where exactly are we now, and how large is it?',
        ),
        moment(
          '{item}: seen close',
          '{item} seen from very near, as if we stood in the middle of it.',
          'Huge in the picture, two parts of the model on {spot} drift towards each other, touch and hold. A little dust rises between them.',
          ['From close by, it looks like this.'],
        ),
        moment(
          '{item}: what if not',
          'What goes wrong when {item} does not happen.',
          '{ally} holds one part of the model back with two fingers. All the rest of it stops dead.',
          ['And if this fails, everything waits.'],
        ),
        moment(
          '{item}: and so',
          'What follows from {item} and leads to the next.',
          '{hero} lets a marble run down a groove along {spot} until it clicks against the next part. That one begins to move.',
          ['And that sets off what comes next.'],
        ),
        moment(
          '{item}: try it yourself',
          '{item} as an experiment with things from the kitchen.',
          '{ally} stirs a drop of ink into a glass of water on {spot}. The colour spreads in slow threads.',
          ['You can try it at home, with a glass of water.'],
          'Does the experiment really show {item}? Try it before you film it.',
        ),
        moment(
          '{item}: who found out',
          'Who discovered what happens in {item}, and by what mistake.',
          '{elder} lifts a dusty glass plate from a box at {spot} and holds it against {view}. A face full of surprise.',
          ['Somebody had to notice it first.'],
          'Name, year and source, please.',
        ),
        moment(
          '{item}: in one breath',
          '{item} once more in a single sentence, before we go on.',
          '{hero} closes both eyes at {spot} and shows the movement with bare hands. {ally} copies it, and it is right.',
          ['Once more, in one breath.'],
        ),
      ],
    ),
  },
  matter(
    'exp-example',
    'example',
    [0, 1, 2],
    [
      moment(
        'In real life',
        'The whole course of {subject} in one real case, from beginning to end.',
        '{ally} goes through {way} and does the everyday thing in which all of it is at work. {hero} follows at a distance and points at nothing.',
        ['Now all of it together, in real life.', 'Watch what you know already.'],
        'Which case does the viewer meet this very week?',
      ),
      moment(
        'The moment it counts',
        'The one moment in the example at which everything depends on it.',
        '{ally} hesitates before {spot}, a hand half lifted. The light changes, and the hand comes down.',
        ['Here, in this second, it happens.'],
      ),
      moment(
        'With numbers',
        'The example in numbers that can be imagined.',
        '{hero} pours rice out on {spot}, takes up one grain and puts it in the palm of {ally}. Both look at the heap.',
        ['One grain out of this heap. That is how many.'],
        'Put the right number here, with its source.',
      ),
    ],
  ),
  matter(
    'exp-misconception',
    'misconception',
    [0, 1],
    [
      moment(
        'What many believe',
        'The most frequent mistake about {subject}, told without mockery.',
        '{rival} explains something to {ally} at {spot} with big gestures, and it sounds good. {hero} listens with interest.',
        ['You may have heard it differently.', 'There is a good reason for the mistake.'],
        'Which mistake is it? Say what is true first, and the mistake after it.',
      ),
      moment(
        'Why it is not so',
        'A simple test by which one sees that it is different.',
        '{hero} hands the model to {rival} without a word. {rival} turns it once, turns it back and laughs at {rival.his} own expense.',
        ['A simple test shows it.'],
      ),
    ],
  ),
  matter(
    'exp-answer',
    'answer',
    [0, 1],
    [
      moment(
        'The answer',
        'The question of the start, answered in one sentence anybody can pass on.',
        '{ally} stands at {way} as in the beginning, looks at {view} and no longer frowns. {ally} explains it to {elder}, with both hands.',
        ['So, once more: {question}', 'Now you can say it in one sentence.'],
        'Write this one sentence first; the film is the way to it.',
      ),
      moment(
        'What nobody knows yet',
        'An honest look at what is still open about {subject}.',
        '{hero} puts the loose thread of the model on {spot} and leaves it lying. The camera stays on it.',
        ['Not everything is known. That is the good part.'],
      ),
    ],
  ),
  matter(
    'exp-closing',
    'closing',
    [0, 1],
    [
      moment(
        'Over to you',
        'One small thing that the viewer can look at differently today.',
        '{hero} gives the model to the camera with both hands. Behind, {ally} is already building another.',
        ['Look for it today. It is everywhere.'],
      ),
      moment(
        'The same view',
        'The first picture again; now we know what is behind it.',
        '{ally} draws the curtain beside {spot} shut and opens it again, smiling. The shadow on the wall now has a cause.',
        ['You will not see it the same way again.'],
      ),
    ],
  ),
];
