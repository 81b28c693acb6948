import type { Line, Matter, Moment, StoryStep } from './bank.ts';

function moment(
  title: string,
  summary: string,
  action: string,
  lines: readonly Line[] = [],
  note = '',
): Moment {
  return { title, summary, action, lines, ...(note === '' ? {} : { note }) };
}

function matter(
  id: string,
  step: StoryStep,
  needed: readonly number[],
  moments: readonly Moment[],
): Matter {
  return { id, step, needed, moments };
}

/** A whole story in one clip. */
export const wholeEn = matter(
  'whole',
  'climax',
  [0],
  [
    moment(
      'Before and after',
      'One choice, seen whole: {hero} could keep the {object} and gives it up. {premise}',
      '{hero} stops at {way} with the {object} held out in both hands. One breath; then {hero} lays it on {spot} and walks on without it.',
      [['hero', 'quietly', 'It was never mine.']],
      'A single scene holds a single change: what does {hero} give up here?',
    ),
  ],
);

/** The backbone: one matter for every step of the three acts. */
const core: readonly Matter[] = [
  matter(
    'hook',
    'hook',
    [0, 1],
    [
      moment(
        'First image',
        'We meet {hero} alone, doing something well that nobody sees: the life before.',
        '{hero} works alone at {spot}, with hands that know exactly what comes next. Somewhere out of sight a small sound, and the hands stop.',
        [],
        'The first image and the last should rhyme: what will look the same, and mean the opposite?',
      ),
      moment(
        'Something is off',
        'A detail in the familiar picture is wrong; only {hero} notices it.',
        '{hero} counts what stands on {spot}, then counts again. One thing more than yesterday.',
        [['hero', 'to the room', 'That was not there before.']],
      ),
    ],
  ),
  matter(
    'setup',
    'setup',
    [0, 2, 1, 3],
    [
      moment(
        'An ordinary day',
        'The rules of this small world, and what {hero} lacks in it.',
        '{hero} goes the usual round past {way}, touching each thing in the same order. At the last one the hand hesitates, and skips it.',
        [],
        'What does {hero} want, in one sentence {hero} would never say aloud?',
      ),
      moment(
        'Two cups',
        '{ally} knows {hero} better than is comfortable; their bond shows in small things.',
        '{ally} puts two cups on {spot} without asking. {hero} turns one a finger wide, so that the handle points the right way.',
        [
          ['ally', 'dry', 'You slept here again.'],
          ['hero', 'smiling a little', 'I closed my eyes. That counts.'],
        ],
      ),
      moment(
        'The rule of the house',
        '{rival} reminds {hero} of a limit that everybody keeps; {hero} obeys, for now.',
        '{rival} stands square in {way} and waits to be noticed. {hero} puts the tool down and steps back.',
        [
          ['rival', 'friendly, final', 'We agreed. You leave that alone.'],
          ['hero', 'too fast', 'Of course.'],
        ],
      ),
      moment(
        'What is not said',
        '{hero} nearly tells {ally} the truth and tells a harmless half of it.',
        '{hero} draws breath to speak, sees the tired face of {ally}, and picks up the second cup instead. The moment goes by like a stranger in the street.',
        [
          ['ally', 'waiting', 'Was there something?'],
          ['hero', 'light', 'No. Nothing.'],
        ],
      ),
    ],
  ),
  matter(
    'incite',
    'incite',
    [1, 3, 2, 0],
    [
      moment(
        'Before the knock',
        'The last minute of the old life: everything is in its place.',
        '{hero} straightens the things on {spot} into a perfect row. Then a sound that does not belong here, quite near.',
      ),
      moment(
        'It begins',
        '{premise} Nothing can be as before.',
        '{hero} bends down beside {way} and lifts the {object} into the light. A mark on its underside makes {hero} look up at once.',
        [['hero', 'under the breath', 'Who left you here?']],
        'This is the idea’s first visible sign: {idea}. Make it something a camera can see.',
      ),
      moment(
        'A second look',
        '{hero} tests whether it is real, and it is.',
        '{hero} holds the {object} close, breathes on it and rubs it with a thumb. The mark stays; {hero.his} hand begins to shake.',
        [['hero', 'half a laugh', 'No. No, that cannot be.']],
      ),
      moment(
        'No way to unsee it',
        '{ally} sees it too: from now on it is not only the trouble of {hero}.',
        '{ally} comes through {way}, stops talking in the middle of a word and stares at the {object}. {hero} closes a hand over it, too late.',
        [
          ['ally', 'low', 'Tell me that is not what I think.'],
          ['hero', 'low', 'Close the door.'],
        ],
      ),
    ],
  ),
  matter(
    'debate',
    'debate',
    [0, 3, 1, 2],
    [
      moment(
        'Put it away',
        '{hero} hides it and tries to go on as if nothing had happened.',
        '{hero} lays the {object} down at {spot} and covers it with a cloth. Three steps away, {hero} stops and turns round.',
        [],
        'What is the good reason to do nothing? It has to tempt us too.',
      ),
      moment(
        'The sensible advice',
        '{elder} has seen this once before and advises {hero} to let it rest.',
        '{elder} listens with closed eyes, both hands on {spot}. At the name of the thing the eyes open.',
        [
          ['elder', 'gently', 'Put it back where it was.'],
          ['hero', 'stubborn', 'And if I cannot?'],
        ],
      ),
      moment(
        'For and against',
        '{ally} wants to go, {hero} does not; each says what the other is afraid of.',
        '{ally} lays a packed bag on {spot} between them. Neither reaches for it.',
        [
          ['ally', 'sharp', 'You are waiting for permission.'],
          ['hero', 'stung', 'And you, for a reason to run.'],
        ],
      ),
      moment(
        'The price of waiting',
        'While {hero} hesitates, something is lost that could have been saved.',
        '{hero} comes back to {spot} at a run and finds everything there turned over. The {object} lies in the middle, untouched, with the cloth folded beside it.',
        [['hero', 'out of breath', 'Somebody was here.']],
        'What is lost? Small, concrete, and by the fault of {hero}.',
      ),
    ],
  ),
  matter(
    'threshold',
    'threshold',
    [1, 0, 2],
    [
      moment(
        'What goes into the pocket',
        '{hero} decides; we see it by what is packed and what is left.',
        '{hero} puts on a coat, slips the {object} into the inner pocket and lays the house keys on {spot}. The keys stay.',
      ),
      moment(
        'Across the line',
        '{hero} leaves the known world; the way back closes.',
        '{hero} stands with both feet before {way}, looks back once and steps over. Behind, a light goes out.',
        [
          ['ally', 'calling softly', 'Are you sure?'],
          ['hero', 'without turning', 'No. Come on.'],
        ],
        'What closes behind {hero}, so that turning back is no longer free?',
      ),
      moment(
        'Foreign ground',
        'The first minutes in the new world, where other rules hold.',
        '{hero} walks slowly towards {view}, copying how the others here move. {ally}, one step behind, does it wrong and is stared at.',
        [['ally', 'through the teeth', 'What did I do?']],
      ),
    ],
  ),
  matter(
    'trials',
    'trials',
    [2, 0, 3, 1, 4],
    [
      moment(
        'The first question',
        'Goal: to find out who else knows. {hero} asks openly, and learns that asking is the mistake.',
        '{hero} goes from face to face near {way}, showing a hand-drawn sketch of the {object}. One after another, people look past it.',
        [
          ['hero', 'polite', 'Have you seen one like this?'],
          ['elder', 'too quickly', 'Never.'],
        ],
      ),
      moment(
        'Watching instead',
        'Attempt: {hero} stops asking and starts to watch what people do.',
        '{hero} sits down beside {spot}, makes {hero.his} shoulders small and waits. In the corner of the eye, {elder} moves something out of sight.',
      ),
      moment(
        'The wrong hands',
        'Obstacle: {rival} has been watching too, and offers help that is not help.',
        '{rival} leans into the light beside {hero}, smiling, with an open palm. {hero} feels for the pocket and finds it already unbuttoned.',
        [
          ['rival', 'warm', 'Let me carry that for you.'],
          ['hero', 'stepping back', 'It weighs nothing.'],
        ],
        'What does {rival} want with it? A reason we could nearly agree with.',
      ),
      moment(
        'A trick that works',
        'Turn: {hero} and {ally} fool {rival} together, and enjoy it.',
        '{ally} drops a whole armful of things in front of {way}. While {rival} kneels to help, {hero} walks out straight over the mess.',
        [
          ['ally', 'sweetly', 'How clumsy of me.'],
          ['rival', 'on the floor', 'Wait. Wait!'],
        ],
      ),
      moment(
        'Out of breath',
        'Left over: one new fact, and the first time both of them laugh.',
        '{hero} and {ally} sink down against {spot}, breathing hard, and look at each other. Then, at the same moment, they both begin to laugh.',
        [['ally', 'laughing', 'We are terrible at this.']],
      ),
    ],
  ),
  matter(
    'midpoint',
    'midpoint',
    [1, 2, 0, 3],
    [
      moment(
        'So close',
        'Everything seems won: what {hero} wanted is within reach.',
        '{hero} sets the {object} down on {spot}, and it fits into a hollow there as if made for it. Somewhere underneath, a click.',
      ),
      moment(
        'It is something else',
        'The turn: the thing is not what it seemed, and so neither is the task.',
        '{hero} turns the {object} until the scratched letters catch the light, and the colour leaves {hero.his} face. It is a name, and it is known.',
        [
          ['ally', 'leaning in', 'What does it say?'],
          ['hero', 'barely', 'It says my name.'],
        ],
        'Before: they look for it. After: it looks for them. What do we now know of {idea}?',
      ),
      moment(
        'New stakes',
        'It is no longer about wanting; somebody will be hurt if {hero} fails.',
        '{ally} looks from the {object} to {hero} and slowly moves a chair between them. {hero} does not come closer.',
        [
          ['ally', 'careful', 'Then whose side are you on?'],
          ['hero', 'honest', 'I do not know yet.'],
        ],
      ),
      moment(
        'Seen from outside',
        '{rival} has seen it all and now knows where to strike.',
        '{rival} stands half hidden near {way}, motionless, eyes on the two small figures. One slow nod; then the place is empty.',
      ),
    ],
  ),
  matter(
    'setbacks',
    'setbacks',
    [1, 3, 0, 2, 4],
    [
      moment(
        'The old way fails',
        'Goal: to use what worked before. It does not work twice.',
        '{ally} drops an armful of things in front of {way}, as before. {rival} steps around it without looking down.',
        [['rival', 'almost kind', 'Not twice.']],
      ),
      moment(
        'Friends grow fewer',
        'Those who helped are afraid now; {elder} shuts the door.',
        '{elder} sees {hero} coming and bars {way} with one arm. A long look; then {elder} turns away.',
        [
          ['hero', 'pleading', 'Just for tonight.'],
          ['elder', 'turned away', 'They came to me too.'],
        ],
      ),
      moment(
        'The first lie',
        '{hero} keeps something from {ally}, to protect {ally.him}, and it shows.',
        '{hero} folds a sheet of paper very small behind {hero.his} back. {ally} catches the movement from the corner of an eye and says nothing.',
        [
          ['ally', 'testing', 'Is that all of it?'],
          ['hero', 'too smooth', 'That is all.'],
        ],
        'What is on the paper? We should know before {ally} does.',
      ),
      moment(
        'The quarrel',
        'Conflict at its peak: {ally} finds the lie; what was unsaid is said.',
        '{ally} smooths the folded paper flat on {spot} with one hand, again and again. {hero} looks at the hand, not at the face.',
        [
          ['ally', 'quiet', 'You had it the whole time.'],
          ['hero', 'breaking', 'I wanted you safe.'],
        ],
      ),
      moment(
        'Alone again',
        'Outcome: {ally} goes; {hero} keeps the {object} and loses the friend.',
        '{ally} walks away from {spot}, slower than anyone who wants to leave. {hero} opens {hero.his} mouth and closes it again.',
      ),
    ],
  ),
  matter(
    'crisis',
    'crisis',
    [1, 3, 0, 2],
    [
      moment(
        'The trap closes',
        '{hero} comes to the meeting in good faith; {rival} has chosen the ground.',
        '{hero} steps through {way} into a silence that is too complete. Behind, without haste, {rival} steps into the only way out.',
        [['rival', 'friendly', 'You are early. Good.']],
      ),
      moment(
        'Everything is lost',
        '{rival} takes the {object}; what {hero} feared most comes true.',
        '{rival} lifts the {object} out of the open hand of {hero} with two fingers. {hero} lets it happen and looks at the empty palm.',
        [
          ['rival', 'softly', 'You could have given it to me.'],
          ['hero', 'toneless', 'I know.'],
        ],
        'The lowest point comes from the flaw of {hero}, not from bad luck. Which flaw?',
      ),
      moment(
        'Nobody comes',
        '{hero} calls for help, and learns how complete the loneliness is.',
        '{hero} calls a name towards {view} and waits. No answer; only the echo, a little late.',
        [['hero', 'calling', '{ally}?']],
      ),
      moment(
        'What it cost',
        'The damage is seen: somebody who trusted {hero} pays for it.',
        '{hero} finds the scarf of {ally} on {spot}, wet and torn at one end. {hero} holds it with both hands, as if it were breathing.',
      ),
    ],
  ),
  matter(
    'dark',
    'dark',
    [1, 0, 2],
    [
      moment(
        'Stillness',
        '{hero} gives up; nothing happens, and it has to be borne.',
        '{hero} sits on the floor with {hero.his} back to {spot} and does not move. The light wanders across the hands and leaves them.',
      ),
      moment(
        'What the old one knew',
        '{elder} comes after all and says the truth that was missing.',
        '{elder} lowers {elder.his} tired body down next to {hero}, joint by joint. For a while both look at {view}.',
        [
          ['elder', 'plainly', 'I was afraid. I still am.'],
          ['hero', 'after a while', 'Then why did you come?'],
        ],
        'What does {elder} know that changes how {hero} sees {hero.his} own fault?',
      ),
      moment(
        'One thing left',
        '{hero} finds that the most important thing was not taken.',
        '{hero} empties {hero.his} pockets onto {spot}: a ticket, a thread, the stub of a pencil. The pencil makes {hero} sit up straight.',
      ),
    ],
  ),
  matter(
    'plan',
    'plan',
    [1, 0, 2],
    [
      moment(
        'Back to the friend',
        '{hero} goes to {ally} without an excuse, and that opens the door.',
        '{hero} waits before {way} with empty, open hands until {ally} looks up. Neither smiles; {ally} moves over to make room.',
        [
          ['hero', 'simply', 'I lied. I am sorry.'],
          ['ally', 'after a breath', 'Sit down, then.'],
        ],
      ),
      moment(
        'The plan',
        'What was learnt on the way becomes a plan that only these people could make.',
        '{hero} draws three lines on {spot} with the stub of a pencil; {ally} adds a fourth. {elder} puts a finger on the point where they cross.',
        [
          ['ally', 'grinning', 'That is completely mad.'],
          ['hero', 'calm', 'It only has to work once.'],
        ],
        'Let us hear half of the plan; the other half surprises us in the climax.',
      ),
      moment(
        'Getting ready',
        'Each of them does one small thing for courage, alone.',
        '{ally} ties {ally.his} laces twice, {elder} winds a stopped watch. {hero} looks at both of them for one second too long.',
      ),
    ],
  ),
  matter(
    'climax',
    'climax',
    [3, 0, 5, 2, 1, 4],
    [
      moment(
        'Into the den',
        '{hero} goes where {rival} is strongest, this time with open eyes.',
        '{hero} walks straight up to {way} in plain sight and stops there, hands open. In the half-dark a chair scrapes.',
        [['rival', 'amused', 'You do not give up.']],
      ),
      moment(
        'The signal',
        'The plan begins to run; {ally} does the part that nobody saw coming.',
        '{ally} strikes a match behind {spot} and holds it up. Far off, by {view}, a second light answers.',
      ),
      moment(
        'It goes wrong',
        'The plan breaks at its weakest point; {hero} has to go on without it.',
        '{rival} blows the match out between two fingers and looks straight at {hero}. In the dark somebody gasps.',
        [
          ['rival', 'in the dark', 'Did you think I would not see it?'],
          ['ally', 'hoarse', 'Go! Go on!'],
        ],
      ),
      moment(
        'The choice',
        '{hero} can have the {object} or save {ally}; the choice shows who {hero} has become.',
        '{rival} holds the {object} high in one hand, the other clenched in the collar of {ally}. {hero} looks only at {ally}, and lets go of the rest.',
        [
          ['rival', 'shouting', 'Which one?'],
          ['hero', 'quite calm', 'That was never the question.'],
        ],
        'The same choice as at the start, decided the other way. Where did we first see it?',
      ),
      moment(
        'The price is paid',
        'Choosing costs what {hero} had clung to, and takes away the power of {rival}.',
        'The {object} falls, turning over once, and nobody reaches for it. {rival} stares at {rival.his} empty hand.',
        [['rival', 'lost', 'It was worth everything.']],
      ),
      moment(
        'After the noise',
        'It is over; those who are left find each other in the quiet.',
        '{hero} and {ally} stand forehead to forehead beside {spot}, their breath slowing. {rival} sits down on the ground like a child that is tired.',
        [['ally', 'whispering', 'Is it over?']],
      ),
    ],
  ),
  matter(
    'resolution',
    'resolution',
    [1, 0, 2],
    [
      moment(
        'The first new morning',
        'The world is the same; the way {hero} moves in it is not.',
        '{hero} goes the usual round past {way}, touching each thing in passing. This time the hand does not skip the last one.',
      ),
      moment(
        'It finds its place',
        'The thing that started everything is given to the one it belongs to.',
        '{hero} lays what is left of the {object} on the open palm of {ally} and closes {ally.his} fingers over it. Neither holds on too long.',
        [
          ['ally', 'surprised', 'You are giving it away?'],
          ['hero', 'light', 'I am passing it on.'],
        ],
      ),
      moment(
        'A word with the enemy',
        '{rival} and {hero} look at each other without a fight for the first time.',
        '{rival} waits at {way} with a bag in {rival.his} hand, unsure which way to go. {hero} points down the road, and then holds out some bread.',
        [['rival', 'gruff', 'Why?']],
      ),
    ],
  ),
  matter(
    'closing',
    'closing',
    [1, 0],
    [
      moment(
        'What remains',
        'A last look at what has changed, in one object and one gesture.',
        '{hero} sets three cups on {spot} and turns each handle the right way. Voices come nearer outside.',
      ),
      moment(
        'Last image',
        'The first image comes back, and now it means the opposite.',
        '{hero} works at {spot} with hands that know what comes next, as at the start, and {ally} works beside {hero.him}. Somewhere out of sight the small sound; {hero} smiles and goes on.',
        [],
        'Which last sound do we take along?',
      ),
    ],
  ),
];

/** More to tell, where the length asks for it. */
const more: readonly Matter[] = [
  matter(
    'errand',
    'setup',
    [0, 3, 2, 1, 4],
    [
      moment(
        'A small errand',
        'Goal: {hero} has a simple thing to deliver before the day is over.',
        '{hero} ties a parcel with string and bites the end off. The address on it is written in two different hands.',
      ),
      moment(
        'The long way round',
        '{hero} takes a detour to avoid one particular door, and we notice.',
        '{hero} turns away just before {way} and takes the longer side. A curtain moves, and falls back.',
        [],
        'Whose door is it? It should matter in the third act.',
      ),
      moment(
        'Nobody home',
        'Obstacle: the parcel’s owner is gone, and has been for a while.',
        '{hero} knocks in vain and finds a week of letters on the ground. Under them, one in {hero.his} own writing, unopened.',
      ),
      moment(
        'A neighbour talks',
        'Turn: {elder} says by the way what everybody else is silent about.',
        '{elder} goes on sweeping around the feet of {hero}. The broom stops only at the name on the parcel.',
        [
          ['elder', 'sweeping', 'Gone. Like the others.'],
          ['hero', 'startled', 'Which others?'],
        ],
      ),
      moment(
        'Undelivered',
        'Left over: {hero} carries the parcel home and does not mention it.',
        '{hero} pushes the parcel out of sight beside {spot} with one foot, just as steps come nearer. {hero.his} face is ready before the visitor is there.',
      ),
    ],
  ),
  matter(
    'celebration',
    'setup',
    [1, 3, 0, 2, 4],
    [
      moment(
        'Getting it ready',
        'Goal: a feast for {elder} that must not go wrong.',
        '{ally} stands on a stool hanging paper lanterns over {spot}, with string between {ally.his} teeth. {hero} holds the stool and looks elsewhere.',
        [['ally', 'mumbling', 'You are not holding it.']],
      ),
      moment(
        'Everyone together',
        'We see them all in one picture, happy, once, before it breaks.',
        '{elder} blows out a single candle while {hero}, {ally} and {rival} lean in around {spot}. For a moment all four faces are one warm circle.',
        [['elder', 'content', 'Nobody move. Like this.']],
      ),
      moment(
        'An empty chair',
        'One place is laid for somebody who will not come.',
        '{hero} fills the glass in front of an empty chair, as every year. {rival} watches and puts {rival.his} own glass down.',
        [],
        'Who is missing? The whole film may be about this chair.',
      ),
      moment(
        'The toast',
        '{rival} says something in praise that is really a warning.',
        '{rival} rises, taps a spoon against a glass and looks at {hero} alone. The others are already smiling.',
        [
          ['rival', 'raising the glass', 'To those who leave things be.'],
          ['hero', 'a beat late', 'To those.'],
        ],
      ),
      moment(
        'Clearing up',
        'When the guests are gone, {hero} and {ally} say half of what they think.',
        '{hero} takes the lanterns down one by one, and it grows darker around {ally}. The last one {ally} keeps in {ally.his} hands.',
        [['ally', 'into the light', 'You could go, you know.']],
      ),
    ],
  ),
  matter(
    'dream',
    'debate',
    [0, 2, 1, 3],
    [
      moment(
        'The call again',
        'What {hero} tries to ignore comes back, stronger.',
        '{hero} lies awake with open eyes while a thin bar of light creeps towards {spot}. It stops exactly on the cloth that covers the {object}.',
      ),
      moment(
        'A test',
        '{hero} tries to get rid of it and cannot.',
        '{hero} carries the {object} out to {view} and lifts an arm to throw it. The arm stays in the air; then it sinks.',
        [['hero', 'angry with {hero.his} hand', 'Do it.']],
      ),
      moment(
        'Somebody else would',
        '{rival} would take the burden, kindly; that decides more than any plea.',
        '{rival} lays a hand on the cloth over {spot} and raises {rival.his} eyebrows. {hero} is there in two steps and takes the hand away.',
        [
          ['rival', 'amused', 'So it does mean something to you.'],
          ['hero', 'tight', 'Leave it.'],
        ],
      ),
      moment(
        'The reason',
        '{hero} looks for a reason to stay and finds the reason to go.',
        '{hero} goes through a box of old photographs on {spot}, fast, then slowly. In the background of one, quite small, is the {object}.',
        [],
        'Who else is in that picture?',
      ),
    ],
  ),
  matter(
    'farewell',
    'debate',
    [2, 0, 1, 3],
    [
      moment(
        'A rehearsed speech',
        '{hero} practises a goodbye to nobody.',
        '{hero} speaks half aloud to an empty chair at {spot}, stops, and begins anew. The chair seems to listen.',
        [['hero', 'rehearsing', 'It is only for a few days.']],
      ),
      moment(
        'The wrong moment',
        'Each time {hero} begins, somebody needs something.',
        '{elder} holds out a tangle of wool to {hero} without looking up. {hero} takes it, and the sentence is gone.',
        [['elder', 'counting', 'Arms up. Wider.']],
      ),
      moment(
        'You have already gone',
        '{elder} has known for days, and makes it easy in the hardest way.',
        '{elder} winds the last of the wool and puts a finished pair of gloves into the lap of {hero}. They are made for a colder place than this.',
        [
          ['elder', 'not looking', 'You are loud when you think.'],
          ['hero', 'caught', 'I have not decided.'],
        ],
      ),
      moment(
        'The light stays on',
        'What is left at home will wait; that makes going heavier.',
        '{elder} sets a lamp on {spot} and turns it up. From {way}, {hero} sees it and does not wave.',
      ),
    ],
  ),
  matter(
    'locked',
    'trials',
    [2, 0, 3, 1, 4],
    [
      moment(
        'The locked door',
        'Goal: to get behind a door that no one has opened for years.',
        '{hero} lays an ear to an old door behind {spot} and raises a hand for silence. From inside comes a slow, regular ticking.',
        [['ally', 'whispering', 'Somebody winds that.']],
      ),
      moment(
        'Bent wire',
        'Attempt: {ally} claims to know about locks.',
        '{ally} kneels at the lock with a bent wire and {ally.his} tongue between the teeth. The wire snaps; {ally} holds up the stump.',
        [['ally', 'dignified', 'It is a very good lock.']],
      ),
      moment(
        'Footsteps',
        'Obstacle: {rival} comes, and there is no place to hide.',
        '{hero} presses flat against the wall as a lamp swings nearer along the floor. The shoe of {rival} stops a hand’s breadth away.',
      ),
      moment(
        'Never locked',
        'Turn: the door was open all along; it only had to be pulled.',
        '{hero} leans back against the door in despair, slips, and the handle gives outward. {hero} and {ally} look at the gap and then at each other.',
        [['ally', 'flat', 'We never tried pulling.']],
      ),
      moment(
        'The wound clock',
        'Left over: a proof that somebody has been here every single day.',
        '{hero} holds a light over {spot}: a clock, freshly wound, and beside it a cup that still steams. Nobody says a word.',
        [],
        'Who has been coming here, and for how long?',
      ),
    ],
  ),
  matter(
    'bargain',
    'trials',
    [0, 3, 2, 1, 4],
    [
      moment(
        'A fair exchange',
        'Goal: {elder} has what they need, and sells nothing for money.',
        '{elder} pushes the coins back across {spot}, one after the other. Then {elder} points at the thing {hero} would never give.',
        [
          ['elder', 'cheerful', 'That. For one hour.'],
          ['hero', 'at once', 'No.'],
        ],
      ),
      moment(
        'Counter-offer',
        'Attempt: {ally} bargains with charm and gets deeper into debt.',
        '{ally} lays one belonging after another on {spot}: a belt, a comb, a good knife. {elder} keeps adding them to the pile without giving anything back.',
        [['ally', 'sweating', 'And the comb is nearly new.']],
      ),
      moment(
        'The hidden clause',
        'Obstacle: the price is a truth, told aloud, in front of {ally}.',
        '{elder} shoves everything aside and folds {elder.his} hands, waiting. {hero} looks at {ally}, who very slowly turns round.',
        [['elder', 'kindly', 'A true thing. That is all.']],
      ),
      moment(
        'The true thing',
        'Turn: {hero} says it, and it was less terrible than keeping it.',
        '{hero} speaks very low, eyes on the wood of {spot}. Behind, the shoulders of {ally} sink with relief.',
        [
          ['hero', 'low', 'I was the one who left.'],
          ['ally', 'without turning', 'I know. I always knew.'],
        ],
        'This line is the seed of the quarrel later. What exactly is confessed?',
      ),
      moment(
        'Paid',
        'Left over: they get what they need, and owe each other nothing.',
        '{elder} drops a small wrapped bundle into the hand of {hero} and the knife back into that of {ally}. The comb {elder} keeps.',
      ),
    ],
  ),
  matter(
    'chase',
    'trials',
    [0, 3, 1, 2, 4],
    [
      moment(
        'Followed',
        'Goal: to get away unseen; they are not unseen.',
        '{hero} stops without warning, and a second set of steps stops a moment too late. {hero} takes {ally} by the sleeve.',
        [['hero', 'barely moving the lips', 'Do not turn round.']],
      ),
      moment(
        'Run',
        'Attempt: they run, and learn who is faster.',
        '{ally} bursts past {way} with {hero} close behind, arms flung up against the light. Something metal clatters in their wake.',
      ),
      moment(
        'Dead end',
        'Obstacle: the way ends; the pursuer does not.',
        '{hero} strikes both palms against a wall where a way should be. {ally} is already looking up.',
        [['ally', 'staring up', 'How are you with heights?']],
      ),
      moment(
        'Up',
        'Turn: the way out is the one {hero} is most afraid of.',
        '{hero} climbs above {spot} with closed eyes, feeling for each hold. A hand reaches down and closes round {hero.his} wrist.',
        [['ally', 'straining', 'I have you. Look at me.']],
      ),
      moment(
        'From above',
        'Left over: they see who followed them, and it is not whom they thought.',
        '{hero} looks down between two fingers at a small figure turning in circles. It pushes back its hood: {elder}.',
        [],
        'Does {elder} follow to harm or to protect?',
      ),
    ],
  ),
  matter(
    'mask',
    'trials',
    [1, 3, 0, 2, 4],
    [
      moment(
        'Borrowed clothes',
        'Goal: to be taken for people who belong here.',
        '{ally} buttons a jacket that was made for somebody twice as wide. {hero} pins the back together and steps away to judge.',
        [['hero', 'honest', 'Keep your arms down.']],
      ),
      moment(
        'Past the guard',
        'Attempt: they walk in as if they had always done so.',
        '{hero} nods to the watcher at {way} the way one nods every morning. Three steps, five; nobody calls.',
      ),
      moment(
        'A familiar face',
        'Obstacle: somebody knows {hero}, and is pleased.',
        '{elder} beams, spreads both arms and comes straight through the crowd. {hero} smiles back with panic in {hero.his} eyes.',
        [['elder', 'loud, happy', 'And I thought you were dead!']],
      ),
      moment(
        'Playing along',
        'Turn: {elder} understands in one second, and plays better than they do.',
        '{elder} glances at {rival}, then slaps the stranger’s jacket on {ally} like an old colleague’s. The suspicion in the room lets go.',
        [['elder', 'booming', 'Still the same tailor, I see.']],
      ),
      moment(
        'Pins on the floor',
        'Left over: they are through, and {rival} finds the trace.',
        '{rival} picks a bent pin from the floor beside {spot} and holds it up to the light. {rival.his} smile comes slowly.',
      ),
    ],
  ),
  matter(
    'stranger',
    'trials',
    [1, 3, 0, 2, 4],
    [
      moment(
        'Somebody in need',
        'Goal: to hurry on; somebody lies in the way.',
        '{elder} sits doubled up beside {way}, a hand pressed against the side. {ally} walks faster, {hero} slower.',
        [['ally', 'warning', 'We do not have the time.']],
      ),
      moment(
        'The lost hour',
        'Attempt: {hero} helps and pays for it with the lead they had.',
        '{hero} tears a strip from {hero.his} own shirt and binds it tight. Over by {spot}, {ally} counts the minutes on a wrist without a watch.',
      ),
      moment(
        'Was it wise?',
        'Conflict: {ally} thinks kindness is a luxury here.',
        '{ally} kicks a stone as far as it will go and stays with the back turned. {hero} wipes {hero.his} hands and waits for it.',
        [
          ['ally', 'bitter', 'You cannot save everyone.'],
          ['hero', 'tired', 'It was only one.'],
        ],
      ),
      moment(
        'The debt returned',
        'Turn: the one they helped knows the way that no map shows.',
        '{elder} draws a line in the dust beside {spot} with a walking stick, and crosses out every path but one. {ally} squats down, suddenly very polite.',
        [['elder', 'tapping', 'Here. Only at low light.']],
      ),
      moment(
        'An apology, of sorts',
        'Left over: {ally} admits it without words.',
        '{ally} tears a strip from {ally.his} own shirt and hands it over, unasked. {hero} puts it into the pocket beside the {object}.',
      ),
    ],
  ),
  matter(
    'test',
    'trials',
    [0, 2, 3, 1, 4],
    [
      moment(
        'The dare',
        'Goal: to win the trust of people who trust nobody.',
        '{rival} draws a circle on the ground before {spot} and steps aside with a bow. Everybody looks at {hero}.',
        [['rival', 'inviting', 'If you are who you say.']],
      ),
      moment(
        'Trying too hard',
        'Attempt: {hero} tries to impress and fails for all to see.',
        '{hero} takes a run-up, slips and lands in the middle of the circle on {hero.his} back. Silence; then one single snort of laughter.',
      ),
      moment(
        'The laugh',
        'Obstacle: now nobody takes {hero} seriously; that turns out to be useful.',
        '{hero} lies on the ground, looks at the sky and begins to laugh too. One after another, the others cannot help it.',
        [['ally', 'helping {hero.him} up', 'Was that the plan?']],
      ),
      moment(
        'Unnoticed',
        'Turn: while they laugh at {hero}, {ally} finds what they came for.',
        '{ally} reaches behind {spot} under cover of the noise and draws out a rolled sheet. A child has seen it, and lays a finger on its lips.',
      ),
      moment(
        'Accepted',
        'Left over: a place at the fire, and a bad conscience.',
        '{rival} shoves a full bowl over to {hero} and moves up. {hero} eats, with the stolen sheet stiff beneath the shirt.',
        [],
        'Whom does this small theft hurt later?',
      ),
    ],
  ),
  matter(
    'map',
    'trials',
    [0, 3, 1, 2],
    [
      moment(
        'Half a map',
        'Goal: to read a drawing of which one half is missing.',
        '{hero} smooths a torn sheet on {spot} and puts stones on its corners. A line runs boldly to the edge of the tear, and ends.',
      ),
      moment(
        'Two opinions',
        'Conflict: north or south; it is really about who leads.',
        '{ally} turns the torn sheet upside down; {hero} turns it back. The third time the paper gives a warning sound.',
        [
          ['ally', 'certain', 'That is obviously a river.'],
          ['hero', 'certain', 'That is obviously a crack.'],
        ],
      ),
      moment(
        'The wrong way',
        'Obstacle: they follow {hero} and stand before nothing.',
        '{hero} comes to a halt where the line should lead on and looks at {view}. {ally} sits down without a word and takes off one shoe.',
      ),
      moment(
        'Held to the light',
        'Turn: what looked like a stain is the other half, seen from behind.',
        '{ally} holds the sheet up against the light to shade {ally.his} eyes, and stops. Through the paper, mirrored, the missing half glows.',
        [['ally', 'awed', 'It was on the back.']],
      ),
    ],
  ),
  matter(
    'rumour',
    'setbacks',
    [0, 2, 3, 1, 4],
    [
      moment(
        'What people say',
        'Goal: to buy bread; but {rival} has been telling a story.',
        '{hero} comes in through {way}, and the talk breaks off. A hand draws the last loaf slowly off {spot}.',
        [['elder', 'to the wall', 'We are closed.']],
      ),
      moment(
        'The truth does not help',
        'Attempt: {hero} explains, and each word makes it worse.',
        '{hero} talks with both hands to a row of backs. A door shuts in the middle of the sentence.',
        [['hero', 'louder', 'That is not how it was.']],
      ),
      moment(
        'A stone',
        'Obstacle: talk becomes deed.',
        'A stone lands on {spot} beside the hand of {hero} and rolls to a stop. {ally} reads the paper wrapped round it and puts it away unread to anybody.',
        [],
        'What does the note say? Keep it short; it comes back.',
      ),
      moment(
        'The author',
        'Turn: {hero} understands who invented the story, and how well.',
        '{hero} hears {hero.his} own words in a stranger’s mouth and turns round slowly. At the far end {rival} lifts a hat.',
        [['rival', 'pleasantly', 'You do say it so well.']],
      ),
      moment(
        'By the back way',
        'Outcome: from now on they travel unseen and hungry.',
        '{hero} and {ally} slip along behind {spot}, collars up, half a crust between them. {ally} gives {hero} the bigger half.',
      ),
    ],
  ),
  matter(
    'storm',
    'setbacks',
    [1, 3, 0, 2, 4],
    [
      moment(
        'The sky turns',
        'Goal: to arrive before the weather does.',
        '{ally} wets a finger, holds it up and begins to run. Over {view} the sky is the colour of slate.',
        [['ally', 'over the shoulder', 'Now would be good!']],
      ),
      moment(
        'In the thick of it',
        'Obstacle: the storm has them; they see neither the way nor each other.',
        '{hero} leans into the wind with an arm across the eyes, and the other hand stretched out behind. The hand closes on nothing.',
        [['hero', 'shouting', '{ally}! Where are you?']],
      ),
      moment(
        'The rope',
        'Attempt: {hero} ties {hero.his} own safety to a guess.',
        '{hero} knots one end of a rope to {way} and walks out on the other. After ten steps there is only the rope.',
      ),
      moment(
        'A hand',
        'Turn: {hero} finds a hand, and it is the wrong one.',
        '{hero} pulls somebody out of the grey by the wrist, and the hood slides back. It is {rival}, half frozen.',
        [
          ['rival', 'teeth chattering', 'Well. Pull.'],
          ['hero', 'long pause', 'Hold on.'],
        ],
      ),
      moment(
        'Three in the lee',
        'Outcome: all alive, crowded together, with too little blanket.',
        '{hero}, {ally} and {rival} sit shoulder to shoulder behind {spot}, steam rising from their sleeves. Nobody looks at anybody.',
        [],
        'What is said between enemies who cannot leave?',
      ),
    ],
  ),
  matter(
    'injury',
    'setbacks',
    [0, 3, 2, 1, 4],
    [
      moment(
        'One wrong step',
        'Obstacle: {ally} is hurt and makes light of it.',
        '{ally} jumps down beside {spot}, lands and stays on one knee a moment too long. The smile comes late.',
        [['ally', 'pale', 'Nothing. It is nothing.']],
      ),
      moment(
        'Slower and slower',
        'Attempt: they go on, with more and more pauses.',
        '{hero} walks with the arm of {ally} across the shoulders, step, drag, step. Their shadow has three legs.',
      ),
      moment(
        'Leave me here',
        'Conflict: {ally} wants to be left behind; {hero} will not hear of it.',
        '{ally} sinks down beside {spot} and pushes the hand of {hero} away. {hero} sits down too, as if for good.',
        [
          ['ally', 'firm', 'You will be faster.'],
          ['hero', 'unpacking', 'I was never fast.'],
        ],
      ),
      moment(
        'A debt called in',
        'Turn: help can be had, from {rival}, at a price.',
        '{rival} sets a doctor’s bag on {spot} and keeps a hand on the clasp. {hero} takes a long time to nod.',
        [['rival', 'reasonable', 'One question. One honest answer.']],
      ),
      moment(
        'The bandage',
        'Outcome: {ally} will walk again, and {rival} knows the next step.',
        '{hero} ties the last knot of the bandage and avoids the eyes of {ally}. Beyond {way}, quick steps go off.',
        [],
        'What did {hero} have to tell?',
      ),
    ],
  ),
  matter(
    'clue',
    'setbacks',
    [0, 2, 3, 1],
    [
      moment(
        'A false trail',
        'Goal: to reach the last hiding place first; everything points here.',
        '{hero} digs with bare hands beside {spot} until the nails scrape on tin. The box comes up much too easily.',
      ),
      moment(
        'Hope',
        'For the space of a breath, it seems to be true.',
        '{hero} and {ally} kneel on both sides of the tin box and each put a thumb to the lid. They count with their lips.',
        [['ally', 'whispering', 'Three.']],
      ),
      moment(
        'Empty',
        'Obstacle: somebody was here before, and wanted them to know.',
        'The lid springs open on a single playing card, clean and new. {ally} sits back on {ally.his} heels.',
        [['hero', 'tonelessly', '{rival}.']],
      ),
      moment(
        'Who else knew',
        'Outcome: only one person could have told; suspicion moves in.',
        '{hero} turns the card over and over and looks past it at {ally}. {ally} notices, and stops brushing off the dirt.',
        [['ally', 'slowly', 'You are not serious.']],
        'Who really told? The audience may guess wrong here.',
      ),
    ],
  ),
  matter(
    'deadline',
    'setbacks',
    [0, 3, 1, 2],
    [
      moment(
        'Less time than thought',
        'The time limit is moved up: what had days now has hours.',
        '{elder} tears three sheets off a calendar beside {way} and lets them drop. {hero} picks up the last one.',
        [['elder', 'sorry', 'They have moved it. Tonight.']],
      ),
      moment(
        'Splitting up',
        'Attempt: two ways at once; each is weaker alone.',
        '{hero} breaks a piece of bread and a plan in two and gives {ally} half of each. They leave by opposite sides.',
        [['ally', 'walking backwards', 'Do not be clever without me.']],
      ),
      moment(
        'Too many clocks',
        'Obstacle: everything that can delay, delays.',
        '{hero} stands in a line that does not move and counts heads with a twitching finger. At the front a shutter comes down.',
      ),
      moment(
        'One minute late',
        'Outcome: {hero} arrives as it leaves.',
        '{hero} runs out past {spot} and slows, and stops, arms hanging. In the distance something small grows smaller.',
        [],
        'What exactly leaves? Let the eye follow it to the very edge.',
      ),
    ],
  ),
  matter(
    'temptation',
    'setbacks',
    [1, 3, 0, 2],
    [
      moment(
        'An invitation',
        '{rival} asks {hero} to dinner, as among friends.',
        '{rival} draws a chair back from {spot} and dusts it with a sleeve. Two plates; a third, turned over.',
        [['rival', 'hospitable', 'Nobody lies while eating.']],
      ),
      moment(
        'The offer',
        'Everything {hero} ever wanted, for a small favour.',
        '{rival} slides a closed envelope across {spot} until it touches the fingers of {hero}. The fingers do not draw back.',
        [
          ['rival', 'kind', 'You would never have to be afraid again.'],
          ['hero', 'hoarse', 'And the others?'],
        ],
        'What is in it? It should be the wish from the first scenes.',
      ),
      moment(
        'Almost',
        '{hero} takes it, and for one moment is a different person.',
        '{hero} puts the envelope in the pocket where the {object} was, and stands straighter. Mirrored in a dark pane stands somebody who looks satisfied.',
      ),
      moment(
        'Given back',
        'Outcome: {hero} refuses, and now {rival} stops being polite.',
        '{hero} lays the envelope on the plate of {rival}, unopened. {rival} folds the napkin, corner to corner, very exactly.',
        [['rival', 'to the napkin', 'What a pity.']],
      ),
    ],
  ),
  matter(
    'letter',
    'dark',
    [0, 2, 1, 3],
    [
      moment(
        'Words on paper',
        '{hero} writes what cannot be said to {ally}.',
        '{hero} writes at {spot}, crosses it out and writes again, until the line is black. At last only three words stand.',
      ),
      moment(
        'Somebody reads it',
        '{ally} finds the page, and is not meant to.',
        '{ally} bends over the page, lit from below, lips moving. Outside {way} a step; the page is back in its place.',
      ),
      moment(
        'An old song',
        'Something from before the story gives strength, without a reason.',
        '{elder} hums while mending a torn coat at {spot}, always the same four bars. {hero}, eyes shut, moves a finger to them.',
        [],
        'Which memory belongs to this tune? It may be heard in the last scene.',
      ),
      moment(
        'The coat',
        '{hero} gets up. That is all; it is enough.',
        '{hero} stands, takes the mended coat from {elder} and puts it on, button after button. The last button is a different colour.',
        [['elder', 'biting the thread', 'It will hold.']],
      ),
    ],
  ),
  matter(
    'approach',
    'climax',
    [0, 2, 3, 1],
    [
      moment(
        'The last stretch',
        'They come nearer; every one of them could still turn back.',
        '{hero}, {ally} and {elder} walk abreast towards {view}, without a word. Their steps fall into one rhythm.',
      ),
      moment(
        'The first watchman',
        'A first obstacle, beaten by something learnt on the way.',
        '{ally} drops an armful of things in front of {way}, for the third time in this story. The watchman kneels; {hero} is past.',
        [['ally', 'sweetly', 'How clumsy of me.']],
      ),
      moment(
        'Through the dark',
        '{hero} goes the last part blind, by memory.',
        '{hero} walks with one hand along the wall, counting under the breath. At nineteen the wall ends.',
        [['hero', 'counting', 'Seventeen. Eighteen.']],
      ),
      moment(
        'The face of the enemy',
        '{rival} is not surprised; {rival} has been waiting, alone.',
        '{rival} sits at {spot} with a single light and two glasses. One is already filled.',
        [['rival', 'without rising', 'I hoped it would be you.']],
      ),
    ],
  ),
  matter(
    'confession',
    'climax',
    [1, 0, 3, 2],
    [
      moment(
        'The reason why',
        '{rival} tells what was done to {rival.him}, and it is true.',
        '{rival} pushes up a sleeve and lays the bare arm on {spot}. {hero} looks at the scar and then does not look away.',
        [['rival', 'plain', 'I asked for help too. Once.']],
      ),
      moment(
        'The other way to win',
        '{hero} could destroy {rival} now, and finds a harder way.',
        '{hero} raises a hand with something heavy in it, and holds it there, trembling. Then {hero} sits down opposite {rival} instead.',
        [
          ['rival', 'daring', 'Go on.'],
          ['hero', 'breathing', 'No. You go on. I am listening.'],
        ],
      ),
      moment(
        'Nobody believes it',
        '{ally} bursts in to fight and finds two people talking.',
        '{ally} storms in by {way} with a chair leg raised and stops dead. Both at {spot} turn their heads.',
        [['ally', 'lowering it', 'Should I come back later?']],
      ),
      moment(
        'The last attempt',
        '{rival} reaches for power once more; this time nobody moves aside.',
        '{rival} snatches up the {object} and makes for {way}, where {elder} stands, small and square. {elder} does not move.',
        [['elder', 'calm', 'You will have to push me.']],
      ),
    ],
  ),
  matter(
    'return',
    'resolution',
    [0, 2, 1, 3],
    [
      moment(
        'The way back',
        'The same way as before, in the other direction, in another mood.',
        '{hero} and {ally} walk away from {view}, pointing things out to each other. At one spot both fall silent, and then walk on.',
      ),
      moment(
        'Not everyone waits',
        'Home has gone on without them; that hurts and is right.',
        '{hero} stands before {way} and finds a fence there, painted a new colour. {hero} touches the paint; it is dry.',
      ),
      moment(
        'Telling it',
        'Those at home want the story; {hero} finds that it is short.',
        '{elder} puts bread on {spot} and leans forward on both elbows. {hero} begins, stops, and looks to {ally} for help.',
        [
          ['elder', 'eager', 'From the beginning.'],
          ['ally', 'chewing', 'There was a mark on it.'],
        ],
      ),
      moment(
        'A debt settled',
        'What was taken on the way is brought back.',
        '{hero} lays the rolled sheet and a fresh loaf on a stranger’s step, knocks and hurries off. From round the corner, {hero} watches the door open.',
      ),
    ],
  ),
];

export const storyEn: readonly Matter[] = [...core, ...more];
