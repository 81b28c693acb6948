import type { VNode } from 'preact';

/** A text whose values (its odd parts) stand out. */
export function Fact({
  parts,
  hint,
}: {
  parts: readonly string[];
  hint?: string | undefined;
}): VNode {
  return (
    <li class="fact" title={hint}>
      {parts.map((part, index) => (index % 2 === 0 ? part : <b key={index}>{part}</b>))}
    </li>
  );
}
