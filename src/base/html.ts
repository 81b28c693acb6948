import path from 'node:path';
import { pathToFileURL } from 'node:url';

/** Text as it may stand in HTML, between elements and in the quotes of an attribute. */
export function escapeHtml(text: string): string {
  return text
    .replaceAll('&', '&amp;')
    .replaceAll('"', '&quot;')
    .replaceAll('<', '&lt;')
    .replaceAll('>', '&gt;');
}

/**
 * The address of a file as seen from a document: relative, and safe between brackets and quotes.
 *
 * @param document absolute path, as is that of the file; both are well-formed
 */
export function addressFrom(document: string, file: string): string {
  const relative = path.relative(path.dirname(document), file);
  // On another drive.
  if (path.isAbsolute(relative)) return encodeRest(pathToFileURL(file).href);
  return relative
    .split(path.sep)
    .map((part) => encodeRest(encodeURIComponent(part)))
    .join('/');
}

/** Encode what addresses may have as it is, but Markdown and HTML may not. */
function encodeRest(text: string): string {
  return text.replace(
    /[!'()*[\]]/gu,
    (character) => `%${character.charCodeAt(0).toString(16).toUpperCase()}`,
  );
}
