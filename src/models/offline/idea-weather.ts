import { wholeWord } from './sentences.ts';

/** Weather that is heard; a season without a sound of its own is none. */
export const weathers = ['storm', 'rain', 'snow', 'fog'] as const;
export type Weather = (typeof weathers)[number];

export interface Sky {
  /** For the picture, in English; empty where the idea speaks of no weather and no season. */
  readonly picture: string;
  /** What is heard of it, if anything. */
  readonly heard: Weather | undefined;
}

interface Sign {
  /** In all languages of the scaffold, joined by `|`. */
  readonly words: string;
  readonly picture: string;
  readonly heard?: Weather;
}

const skies: readonly Sign[] = [
  {
    words:
      'storms?|stormy|thunder\\p{L}*|hurricane|typhoon|gale|tempest|bão|cơn giông|dông bão|giông bão|giông|tormenta|tempestad|huracán|\\p{L}*sturm(?:nacht|flut|tag|wind|es)?|stürmisch\\p{L}*|gewitter\\p{L}*|unwetter|orkan|orages?|orageu(?:x|se)|tempête|ouragan',
    picture: 'storm clouds, hard wind and driving rain',
    heard: 'storm',
  },
  {
    words:
      'rain(?:s|y|ing|drops?|storm)?|downpour|drizzle|mưa|lluvia|lluvios[oa]|llueve|lloviendo|regen(?:nacht|tag|wetter|guss)?|\\p{L}+regen|regnet|verregnet\\p{L}*|pluies?|pluvieu(?:x|se)|pleut',
    picture: 'steady rain, wet surfaces shining',
    heard: 'rain',
  },
  {
    words:
      'snow(?:s|y|ing|ed|man|flakes?|fall|storm)?|blizzard|avalanche|tuyết|nieve|nevad[oa]s?|nieva|ventisca|schnee\\p{L}*|verschneit\\p{L}*|schneit|neige|enneigée?s?|bonhomme de neige',
    picture: 'snow lying thick, breath visible',
    heard: 'snow',
  },
  {
    words:
      'fog|foggy|mist|misty|haze|sương(?: mù)?|niebla|bruma|nebel\\p{L}*|neblig\\p{L}*|brouillard|brume',
    picture: 'drifting fog',
    heard: 'fog',
  },
  {
    words: 'heat ?wave|the heat|drought|nắng nóng|oi bức|ola de calor|sequía|hitze\\p{L}*|canicule',
    picture: 'heavy dry heat',
  },
];

const seasons: readonly Sign[] = [
  {
    words:
      'winters?|wintry|mùa đông|đêm đông|invierno|\\p{L}*winters?|winter(?:nacht|tag|morgen|abend)\\p{L}*|hiver',
    picture: 'winter cold, breath visible',
    heard: 'snow',
  },
  {
    words:
      'autumn|fall leaves|(?:in|this|that|one|last) fall|mùa thu|chiều thu|otoño|herbst\\p{L}*|automne',
    picture: 'autumn leaves blowing',
  },
  {
    words:
      "summers?|summer ?time|mùa hè|mùa hạ|(?:trưa|ngày|chiều|đêm) hè|verano|sommer(?:s|nacht|tag|morgen|abend|ferien)?|été(?<=(?:l|d|un|cet|en|chaque|plein)['’ ]été)",
    picture: 'full summer green, warm air',
  },
  {
    words:
      'springtime|(?:in|this|that|one|early|late) spring|spring (?:day|morning|night|evening|afternoon)|mùa xuân|primavera|frühling\\p{L}*|frühjahr|printemps',
    picture: 'first green of spring',
  },
];

/** The weather and the season that an idea names. */
export function readSky(text: string): Sky {
  const found = [skies, seasons].flatMap(
    (signs) => signs.find(({ words }) => wholeWord(words).test(text)) ?? [],
  );
  return {
    picture: found.map(({ picture }) => picture).join(', '),
    heard: found.find(({ heard }) => heard !== undefined)?.heard,
  };
}
