import { rateLimits, spokenWaitMs } from './rate-limit-headers.ts';
import type { Refusal } from './refusal.ts';
import { isPage, saidIn } from './service-words.ts';

/** How an account has nothing left. */
export type Emptiness =
  /** Its plan does not hold this model at all. */
  | 'plan'
  /** What it may use in a day, a week or a month is used up. */
  | 'allowance'
  /** Its money is. */
  | 'credit';

/**
 * Whether a refusal speaks of an account that has nothing left, and how; `undefined` for all others,
 * those above all that only ask for patience: services use much the same words for both, and any
 * status. The words are those of OpenAI, Anthropic, Gemini, xAI, Mistral, Groq, OpenRouter, Together,
 * Fireworks, Hugging Face, NVIDIA, DeepSeek, Moonshot, Zhipu, DashScope, SiliconFlow, MiniMax,
 * Volcengine, Ollama's cloud, and of the gateways LiteLLM, One API and New API.
 *
 * @param codes the names that the service gives to what is wrong
 */
export function emptinessIn(refusal: Refusal, codes: string): Emptiness | undefined {
  const { status, headers, text } = refusal;
  // Mistral says so of a model that the account's plan does not hold.
  if (status === 429 && rateLimits(headers, 0)?.limit === 0) return 'plan';
  if (isPage(text)) return status === 402 ? 'credit' : undefined;
  const said = saidIn(text, []);
  const words = `${codes} ${said}`;
  // DashScope has OpenAI's words and code for an empty account when it counts tokens by the minute.
  if (throttled.test(`${words} ${text}`)) return undefined;
  // Gemini: no requests at all to this model without payment; the wait that it names is of no use.
  if (status === 429 && /\blimit: 0\b(?!\.\d)/.test(said)) return 'plan';
  if (status === 402 || emptyCodes.test(codes) || emptyWords.test(said)) return 'credit';
  // The wait that Gemini names is of no use here either: it is that of the minute.
  if (status === 429 && text.includes('PerDay')) return 'allowance';
  if (spokenWaitMs(text) !== undefined) return undefined;
  // Who only asks for patience says 429.
  const isOver = usedUp.test(words) && !haste.test(words);
  if (status === 403 && isOver && !tellsWhen(refusal)) return 'allowance';
  if (
    mayBeUsedUp(status) &&
    aboutLimits.test(said) &&
    ofLongPeriods.test(said) &&
    !tellsWhen(refusal)
  )
    return 'allowance';
  if (/insufficient_quota|exceeded your current (?:token )?quota/i.test(words)) return 'credit';
  const isUnnamed = /^[\d ]*$/.test(codes);
  return status === 429 && isUnnamed && /billing/i.test(said) && !haste.test(said)
    ? 'credit'
    : undefined;
}

/** Elsewhere days and months are about something else. */
function mayBeUsedUp(status: number | undefined): boolean {
  return status === undefined || status === 401 || status === 403 || status === 429;
}

/** Whether headers or fields say when it is worth coming back. */
function tellsWhen({ headers, text }: Refusal): boolean {
  const names = [
    'retry-after',
    'retry-after-ms',
    'x-ratelimit-reset',
    'x-ratelimit-reset-requests',
  ];
  return names.some((name) => headers.get(name) !== null) || /"x-ratelimit-reset/i.test(text);
}

const throttled =
  /#token-limit|throttling\.(?:allocationquota|ratequota|burstrate)|allocated quota exceeded/i;

const emptyCodes =
  /\b(?:insufficient_(?:user_quota|balance|credits?|funds)|exceeded_current_quota_error|billing\w*|credit\w*|arrearage|accountoverdue\w*|(?:pre|post)paidbilloverdue|commoditynotpurchased|allocationquota\.freetieronly|budget_exceeded|payment_required|pre_consume_token_quota_failed|1113|30001)\b/;

/** Words that no service has for haste. */
const emptyWords = new RegExp(
  [
    'insufficient[ _-]?(?:account[ _-]?)?(?:balance|credits?|funds?)',
    '(?:balance|credits?|funds?)[^.]{0,20} (?:(?:is|are) )?(?:too low|insufficient|not enough|exhausted|depleted|expired|used up)',
    'quota(?: \\[[^\\]]*\\])?(?: is)? not enough',
    '(?:no|any|out of|enough|all available|requires more|monthly included) credits',
    'in arrears|overdue (?:balance|payment|bill|invoice)|past invoices|account is in good standing',
    'billing hard limit|not active, please check your billing|account is not active',
    '(?:spend(?:ing)?|budget|credit)[ _-]?(?:cap|limit)s?[^.]{0,40} (?:reached|exceeded|hit)',
    '(?:reached|exceeded|hit|reaching)[^.]{0,40} (?:spend(?:ing)?|budget|credit)[ _-]?(?:cap|limit)',
    'budget (?:has been |was )?exceeded|exceededbudget|over budget',
    'key limit exceeded',
    'free (?:tier|quota|trial|allocation)[^.]{0,60} (?:exhausted|used up|expired|ended)',
    'please (?:recharge|top[ -]?up)|recharge your account|top up your',
    'payment required|requires? (?:payment|billing)|enable billing|no active subscription',
    '余额不足|餘額不足|欠费|欠費|充值|资源包|预扣费|(?:额度|額度|配额|点数|积分)已?(?:不足|用尽|用完|耗尽)',
    '残高が?不足|クレジット.{0,6}(?:不足|ありません)|잔액.{0,4}부족|크레딧.{0,6}부족',
  ].join('|'),
  'i',
);

/** A quota, or something like it, of which nothing is left, in any order of words. */
const usedUp = new RegExp(
  [
    '(?:quota|allowance|credits?|balance|budget|usage|(?:plan|account|generation|video) limit)[^.]{0,40}?(?:exceed|exhaust|reached|used up|depleted|insufficient|not enough|ran out|run out|no longer|0 left|is 0\\b)',
    '(?:exceed|exhaust|reached|used up|deplet|insufficient|not enough|ran out of|run out of|out of|no more|no remaining)[^.]{0,40}?(?:quota|allowance|credits?\\b|balance|budget|usage|(?:plan|account|generation|video) limit)',
    '(?:配额|額度|额度|余额|次数)[^。]{0,8}(?:不足|用尽|用完|耗尽|超)|超出[^。]{0,8}(?:配额|额度)',
  ].join('|'),
  'i',
);

/** Allowances of which nobody waits for the next. */
const ofLongPeriods =
  /per[ -](?:day|week|month)|\/ ?(?:day|month)\b|\b(?:daily|weekly|monthly)\b|usage limit|\b[RT]PD\b|每(?:日|天|周|月)|本(?:周|月)/i;
const aboutLimits = /limit|quota|exceed|限|额/i;

const haste =
  /rate.?limit|too many requests|per (?:second|minute)|\b[rt]p[ms]\b|concurren|频率|频繁|速率|限流|并发/i;
