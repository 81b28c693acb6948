/** What hands, formatters and word processors do to the source of a scene that shows the same afterwards. */
export type Change = (source: string) => string;

/** @param by for each speaker of a quote: their name in capitals and how they speak, with its space before */
const speakers =
  (by: (name: string, tone: string) => string): Change =>
  (source) =>
    source.replace(/^> \*\*([^*]+)\*\*( \([^)]*\))?: /gm, (_, name: string, tone = '') =>
      `> ${by(name, tone as string)} `.replace(/ {2}$/, ' '),
    );

const labels =
  (by: (label: string) => string): Change =>
  (source) =>
    source.replace(/^\*\*(Narration|Sound):\*\*/gm, (_, label: string) => by(label));

const meta =
  (by: (line: string) => string): Change =>
  (source) =>
    source.replace(/^\*([^*]+ s)\*$/gm, (_, line: string) => by(line));

const prompt =
  (by: (text: string) => string): Change =>
  (source) =>
    source.replace(/^```prompt\n([^`]*)\n```$/m, (_, text: string) => by(text));

const labelled =
  (label: string): Change =>
  (source) =>
    source.replace(/^(\*[^*]+ s\*\n\n)/m, (line) => line + label);

const unquoted: Change = (source) => source.replace(/^> ?/gm, '');

export const changes: Readonly<Record<string, Change>> = {
  'speakers underscored': speakers((name, tone) => `__${name}__${tone}:`),
  'speakers in italics': speakers((name, tone) => `*${name}*${tone}:`),
  'speakers in underscored italics': speakers((name, tone) => `_${name}_${tone}:`),
  'speakers in all emphasis': speakers((name, tone) => `***${name}***${tone}:`),
  'speakers struck out': speakers((name, tone) => `~~${name}~~${tone}:`),
  'speakers as code': speakers((name, tone) => `\`${name}\`${tone}:`),
  'speakers in HTML': speakers((name, tone) => `<b>${name}</b>${tone}:`),
  'speakers without emphasis': speakers((name, tone) => `${name}${tone}:`),
  'speakers in brackets': speakers((name, tone) =>
    // `[MARA]: word` is a link's address.
    tone === '' ? `[${name}]` : `[${name}]${tone}:`,
  ),
  'colons in the bold': speakers((name, tone) => `**${name}${tone}:**`),
  'full-width colons': speakers((name, tone) => `**${name}**${tone}：`),
  'small colons': speakers((name, tone) => `**${name}**${tone}﹕`),
  'spaces before colons': speakers((name, tone) => `**${name}**${tone}\u00a0:`),
  'full-width parentheses': speakers(
    (name, tone) => `**${name}**${tone.replace('(', '（').replace(')', '）')}:`,
  ),
  'emphasised parentheses': speakers(
    (name, tone) => `**${name}**${tone === '' ? '' : ` *${tone.trim()}*`}:`,
  ),
  'brackets for parentheses': speakers(
    (name, tone) => `**${name}**${tone.replace('(', '[').replace(')', ']')}:`,
  ),
  'dashes for colons': speakers((name, tone) => `**${name}**${tone} —`),
  'marks of direction': speakers((name, tone) => `\u200f**${name}**\u200f${tone}\u200e:`),
  'marks of direction without emphasis': speakers((name, tone) => `\u200f${name}\u200f${tone}:`),
  'what has no width': speakers((name, tone) => `**\u200b${name}\u2060**${tone}:`),
  'full-width names': speakers(
    (name, tone) =>
      `**${name.replace(/[!-~]/g, (sign) => String.fromCharCode(sign.charCodeAt(0) + 0xfee0))}**${tone}:`,
  ),
  'names on lines of their own': speakers((name, tone) => `${name}${tone}\n>`),
  'bold names on lines of their own': speakers((name, tone) => `**${name}**${tone}\n>`),
  'speeches without quotes': unquoted,
  'speeches as bullets': (source) =>
    source
      .replace(/^>\n/gm, '')
      .replace(/^> (?=\*\*)/gm, '- ')
      .replace(/^> /gm, '  '),
  'bullets in quotes': (source) =>
    source
      .replace(/^>\n/gm, '')
      .replace(/^> (?!\*\*)/gm, '>   ')
      .replace(/^> (?=\*\*)/gm, '> - '),
  'quotes in quotes': (source) => source.replace(/^>/gm, '> >'),
  'speeches right below each other': (source) => source.replace(/^>\n/gm, ''),
  'speeches filled into lines': (source) =>
    source.replace(/^>\n/gm, '').replace(/(?<=^>.*)\n> /gm, ' '),
  'labels in italics': labels((label) => `*${label}:*`),
  'labels underscored': labels((label) => `__${label}__:`),
  'labels without emphasis': labels((label) => `${label}:`),
  'labels with full-width colons': labels((label) => `**${label}**：`),
  'labels in bullets': labels((label) => `- **${label}:**`),
  'labels in quotes': labels((label) => `> **${label}:**`),
  'labels in capitals': labels((label) => `**${label.toUpperCase()}:**`),
  'labels with pictures': labels((label) => `🎧 **${label}:**`),
  'German labels': labels((label) => (label === 'Sound' ? '**Ton:**' : '**Erzähler:**')),
  'Vietnamese labels': labels((label) => (label === 'Sound' ? '**Âm thanh:**' : '**Lời dẫn:**')),
  'Japanese labels': labels((label) => (label === 'Sound' ? '**効果音：**' : '**ナレーション：**')),
  'Arabic labels': labels((label) => (label === 'Sound' ? '**صوت:**' : '**الراوي:**')),
  'labels of the trade': labels((label) =>
    label === 'Sound' ? '**SFX:**' : '**NARRATOR (V.O.):**',
  ),
  'music as sound': labels((label) => (label === 'Sound' ? '**Music:**' : '**Voice-over:**')),
  'a bold line': meta((line) => `**${line}**`),
  'an underscored line': meta((line) => `_${line}_`),
  'a line in all emphasis': meta((line) => `***${line}***`),
  'a line without emphasis': meta((line) => line),
  'a line of emphasised fields': meta((line) =>
    line.replace(/[^·]+[^· ]/g, (field) => field.replace(/^( ?)(.*)$/, '$1*$2*')),
  ),
  'other dots': meta((line) => `*${line.replaceAll('·', '∙')}*`),
  'bars for dots': meta((line) => `*${line.replaceAll('·', '|')}*`),
  'dashes for dots': meta((line) =>
    line.includes('–') ? `*${line}*` : `*${line.replaceAll(' · ', ' - ')}*`,
  ),
  'Arabic commas': meta((line) => `*${line.replaceAll(',', '،')}*`),
  'Arabic digits': meta(
    (line) =>
      `*${line.replace(/\d(?=[\d.]* s$)/g, (digit) => '٠١٢٣٤٥٦٧٨٩'.charAt(Number(digit)))}*`,
  ),
  'seconds in German': meta((line) => `*${line.replace(/ s$/, ' Sek.')}*`),
  'seconds in Chinese': meta((line) => `*${line.replace(/ s$/, '秒')}*`),
  'a picture above the line': meta((line) => `![still](stills/1.png)\n\n*${line}*`),
  'a comment above the line': meta((line) => `<!-- still to check -->\n\n*${line}*`),
  'action right below the line': (source) =>
    source.replace(/^(\*[^*]+ s\*)\n\n(?=[^\n>`*])/m, '$1\n'),
  'prompts of other fences': (source) =>
    source.replace('```prompt', '~~~ Prompt').replace(/^```$/m, '~~~'),
  'the line as a bullet': meta((line) => `- *${line}*`),
  'the line in a quote': meta((line) => `> *${line}*`),
  'the line behind the action': (source) =>
    source.replace(/^(\*[^*]+ s\*)\n\n(([^\n>`*][^\n]*\n+)+)/m, '$2$1\n\n'),
  'the line behind everything': (source) =>
    source.replace(/^(\*[^*]+ s\*)\n\n([^]*)$/m, '$2\n\n$1\n'),
  'the id behind the line': (source) =>
    source.replace(/(<!-- scene.*-->)\n\n(\*[^*]+ s\*)/, '$2\n\n$1'),
  'the id behind a picture': (source) => source.replace(/(<!-- scene.*-->)/, '![still](a.png)\n$1'),
  'the id in the line of a picture': (source) =>
    source.replace(/(<!-- scene.*-->)/, '![still](a.png) $1'),
  'the id behind check boxes': (source) => source.replace(/(<!-- scene.*-->)/, '- [ ] horn\n$1'),
  'the id behind an alert': (source) =>
    source.replace(/(<!-- scene.*-->)/, '\n> [!NOTE]\n> loud\n\n$1'),
  'the id at the end': (source) => source.replace(/\n(<!-- scene.*-->)\n([^]*)$/, '\n$2\n\n$1'),
  'labels alone': labels((label) => `**${label}:**\n\n`),
  'labels alone without emphasis': labels((label) => `${label}:\n\n`),
  'labels in bold alone with a comment': labels((label) => `**${label}**: <!-- long? -->\n\n`),
  'labels alone above quotes': labels((label) => `**${label}:**\n\n>`),
  'labels alone above lists': labels((label) => `**${label}:**\n\n-`),
  'labels with soft hyphens': labels((label) => `**${label.slice(0, 3)}\u00ad${label.slice(3)}:**`),
  'labels behind bullets that are none': labels((label) => `• **${label}:**`),
  'labels in HTML': labels((label) => `<b>${label}:</b>`),
  'labels that end a line by force': labels((label) => `**${label}:**<br>`),
  'labels filled into one paragraph': (source) => source.replace(/\n\n(?=\*\*Sound)/, '\n'),
  'labels filled into one paragraph without emphasis': (source) =>
    source.replace(/\n\n\*\*Sound:\*\*/, '\nSound:').replace('**Narration:**', 'Narration:'),
  'labels in one paragraph by HTML': (source) => source.replace(/\n\n(?=\*\*Sound)/, '<br>'),
  'names in paragraphs of their own': (source) =>
    source
      .replace(/^>\n(?=> \*)/gm, '\n')
      .replace(
        /^> \*\*([^*]+)\*\*( \([^)]*\))?: /gm,
        (_, name: string, tone = '') =>
          `${name}\n\n${tone === '' ? '' : `${String(tone).trim()}\n\n`}`,
      )
      .replace(/^> ?/gm, ''),
  'bold names above quotes': (source) =>
    source
      .replace(/^>\n(?=> \*)/gm, '\n')
      .replace(/^> \*\*([^*]+)\*\*( \([^)]*\))?: /gm, '**$1**$2:\n\n> '),
  'the prompt in words': prompt((text) => `**Prompt:** ${text}`),
  'the prompt in words without emphasis': prompt((text) => `Prompt: ${text}`),
  'the prompt beneath its label': prompt((text) => `**Prompt:**\n\n${text}`),
  'the prompt as a plain fence beneath its label': prompt(
    (text) => `**Video prompt:**\n\n\`\`\`\n${text}\n\`\`\``,
  ),
  'the prompt as a fence of text beneath its label': prompt(
    (text) => `Prompt:\n\`\`\`text\n${text}\n\`\`\``,
  ),
  'the prompt as a quote beneath its label': prompt((text) => `**Prompt:**\n\n> ${text}`),
  'the prompt as a bullet': prompt((text) => `- **Prompt:** ${text}`),
  'a label for the action': labelled('**Action:** '),
  'a label for the action alone': labelled('**Action:**\n\n'),
  'headings for labels': (source) =>
    source
      .replace(/^(\*[^*]+ s\*\n\n)/m, '$1### Action\n\n')
      .replace(/^(?=> )/m, '### 💬 **Dialogue**\n\n')
      .replace(/^\*\*(Narration|Sound):\*\* /gm, '#### $1:\n\n')
      .replace(/^(?=```prompt)/m, '### Prompt\n\n'),
  CRLF: (source) => source.replaceAll('\n', '\r\n'),
};
