import * as z from 'zod';

/** What a writer model answers to a task of kind `seam`. */
export const seamAnswerSchema = z.object({
  clash: z.boolean().describe('Whether the two scenes really contradict or repeat each other.'),
  why: z
    .string()
    .describe('What the later scene has to change if they clash, in one or two sentences.'),
});

export type SeamAnswer = z.infer<typeof seamAnswerSchema>;
