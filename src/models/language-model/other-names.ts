/** What models call the parts of an answer when they do not keep to the names asked for, folded. */
const otherNames: Readonly<Record<string, string>> = {
  title: 'name heading scenetitle beattitle headline',
  name: 'title',
  look: 'description appearance visual visuals visualdescription physicaldescription',
  voice: 'speech speakingstyle voicedescription',
  logline: 'summary synopsis premise',
  summary: 'description synopsis whathappens event events',
  place: 'location setting where',
  cast: 'characters people who',
  time: 'timeofday when',
  entry: 'entrystate opening start begins',
  exit: 'exitstate ending end ends',
  handoff: 'transition hook leadsinto',
  action: 'description actiondescription visuals',
  speaker: 'name character who',
  line: 'text dialogue speech words content says',
  tone: 'delivery emotion mood parenthetical',
  dialogue: 'dialog lines dialogues',
  narration: 'narrator voiceover vo',
  sound: 'audio sounds sounddesign soundeffects sfx',
  prompt: 'videoprompt visualprompt texttovideoprompt imageprompt sceneprompt',
};

/** Further names of a part whose folded name this is; none of them counts where it is a part's own. */
export function otherNamesOf(folded: string): readonly string[] {
  const names = Object.hasOwn(otherNames, folded) ? otherNames[folded] : undefined;
  // One and many are easily mixed up.
  const number = folded.endsWith('s') ? folded.slice(0, -1) : `${folded}s`;
  return [number, ...(names?.split(' ') ?? [])];
}
