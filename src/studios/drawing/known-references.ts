/**
 * How many pictures models take to draw after, where their service does not say it. Read in November 2026 in what
 * their makers and fal publish; the first that fits counts.
 */
const families: readonly { readonly match: RegExp; readonly references: number }[] = [
  { match: /nano-banana-(2|pro)|gemini-3.*image/, references: 14 },
  { match: /nano-banana|gemini-2\.5.*image/, references: 3 },
  { match: /gpt-image/, references: 16 },
  { match: /seedream/, references: 10 },
  { match: /flux-?[.-]?2/, references: 4 },
];

/** @returns absent where nothing is known of the model */
export function knownReferences(model: string): number | undefined {
  return families.find(({ match }) => match.test(model.toLowerCase()))?.references;
}
