import { codesIn, meaningOf, type RefusalMeaning } from '../../net/refusal.ts';
import { saidIn } from '../../net/service-words.ts';
import { looserThan, plainest, type Capabilities } from './capabilities.ts';
import { RefusedRequest } from './refused-request.ts';
import { allSchemaWords, type SchemaWord } from './schema-words.ts';

/** What is asked for no more. */
export interface Concession {
  readonly less: Partial<Capabilities>;
  /** Only a schema of this size or shape was not taken; others may be. */
  readonly ofThisSchema: boolean;
}

/**
 * What to do without when the endpoint did not take a request: what it names where it names something,
 * else one thing after the other. `undefined` where less is no help.
 */
export function concessionTo(error: unknown, asked: Capabilities): Concession | undefined {
  if (!(error instanceof RefusedRequest)) return undefined;
  const { refusal } = error;
  if (!mayBeAboutForm.has(meaningOf(refusal))) return undefined;
  const { status, text } = refusal;
  const said = `${codesIn(text)} ${saidIn(text, [])}`;
  if (notAboutForm.test(said)) return undefined;
  const named = namedIn(said, asked, (status ?? 500) < 500);
  if (named !== undefined) return named;
  const isOpaque = status === 400 || status === 415 || status === 422 || status === 501;
  return isOpaque ? nextOf(asked) : undefined;
}

/**
 * The same for an endpoint that breaks down (500) and does not say why, as Gemini has over the lengths
 * of lists and SGLang over messages of the system: everything that has been seen to do that.
 */
export function concessionToCrash(asked: Capabilities): Concession | undefined {
  const simple: Partial<Capabilities> = { without: allSchemaWords, usage: false, system: false };
  if (asked.mode === 'json_schema' && asked.without.length < allSchemaWords.length) {
    return { less: simple, ofThisSchema: false };
  }
  return asked.mode === 'prompt' ? undefined : { less: { mode: 'prompt' }, ofThisSchema: false };
}

/** Whoever means anything else would say the same to a simpler request. */
const mayBeAboutForm: ReadonlySet<RefusalMeaning> = new Set([
  'request',
  'unusable',
  'trouble',
  'address',
]);

/** Refusals that a simpler request would meet just the same. */
const notAboutForm =
  /context.?(length|window)|too (long|many tokens)|max_(completion_)?tokens|json_validate_failed/i;

/** @param isSure it is a refusal, and no failure that may speak of streams and systems of its own */
function namedIn(said: string, asked: Capabilities, isSure: boolean): Concession | undefined {
  const forAll = (less: Partial<Capabilities>): Concession => ({ less, ofThisSchema: false });
  if (asked.usage && aboutUsage.test(said)) return forAll({ usage: false });
  if (asked.system && aboutSystem.test(said)) return forAll({ system: false });
  if (asked.mode === 'json_schema') {
    if (aboutSize.test(said) && asked.without.length < allSchemaWords.length) {
      return { less: { without: allSchemaWords }, ofThisSchema: true };
    }
    const words = allSchemaWords.filter((word) => namesOf[word].test(said));
    const isNews = words.some((word) => !asked.without.includes(word));
    if (isNews) return forAll({ without: [...new Set([...asked.without, ...words])] });
    if (aboutSchema.test(said) && asked.without.length < allSchemaWords.length) {
      return forAll({ without: allSchemaWords });
    }
  }
  if (asked.mode !== 'prompt' && aboutFormat.test(said)) {
    return forAll({
      mode: (unknownFormat.test(said) ? undefined : looserThan(asked.mode)) ?? 'prompt',
    });
  }
  if (asked.stream && isSure && aboutStream.test(said))
    return forAll({ stream: false, usage: false });
  return undefined;
}

/** Where nothing is named: the form first, as nearly all endpoints take the rest. */
function nextOf(asked: Capabilities): Concession | undefined {
  const { mode, without, usage, system, stream } = asked;
  const forAll = (less: Partial<Capabilities>): Concession => ({ less, ofThisSchema: false });
  if (mode === 'json_schema' && without.length < allSchemaWords.length) {
    return forAll({ without: allSchemaWords });
  }
  const looser = looserThan(mode);
  if (looser !== undefined) return forAll({ mode: looser });
  if (usage || system) return forAll(plainest);
  return stream ? forAll({ ...plainest, stream: false }) : undefined;
}

const aboutUsage = /stream_options|include_usage/i;

/**
 * Templates of Gemma on llama.cpp, vLLM and SGLang, of Mistral on LM Studio, Gemma at Google's own
 * endpoint, and OpenAI's first model that thought.
 */
const aboutSystem =
  /system.?(?:role|prompt|message|instruction)s?[^.]{0,40}(?:not|n't|unsupported|disabled)|(?:(?:not|n't) (?:support|allow|accept)\w*|unsupported)[^.]{0,40}\bsystem\b|developer instruction|roles? must alternate|only user(?:,)? and assistant roles|invalid role:? '?system|messages\[0\]\.role/i;

/** Gemini, llama.cpp: others of the same endpoint may be small enough. */
const aboutSize =
  /too many states|number of (?:repetitions|rules)|schema[^.]{0,40}(?:too (?:complex|large|deep|big)|exceeds)|(?:nesting|complexity)[^.]{0,40}(?:limit|exceed)/i;

const namesOf: Readonly<Record<SchemaWord, RegExp>> = {
  lengths: /m(?:in|ax)_?items/i,
  enums: /\benums?\b/i,
  nulls:
    /\b(?:anyof|oneof)\b|\bnull(?:able)?\b[^.]{0,30}\b(?:type|schema)|\btypes?\b[^.]{0,30}\bnull\b/i,
  closed: /additional_?properties|\bstrict\b/i,
};

/** Grammars are what schemas become at llama.cpp, xgrammar and outlines. */
const aboutSchema =
  /invalid[^.]{0,20} schema|schema[^.]{0,60}(?:invalid|feature|field|keyword|constraint)|grammar|outlines|guided/i;

const aboutFormat =
  /response.?format|json.?(?:schema|object|mode)|structured|requested parameters|grammar|guided/i;

/** It is not the kind of format that is unknown, but that there may be one. */
const unknownFormat =
  /(?:unrecognized|unknown|unexpected)[^.]{0,60}response_format|response_format\W{0,3} ?(?:extra inputs|is not (?:permitted|allowed)|unrecognized|unknown)/i;

const aboutStream =
  /\bstream(?:ing|ed)?\b[^.]{0,60}(?:not (?:supported|allowed|available|enabled|permitted)|unsupported|disabled|must be false|does not support)|(?:not|n't|unsupported|verified to)[^.]{0,40} stream/i;
