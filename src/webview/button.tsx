import type { VNode } from 'preact';
import { Icon } from './icon.tsx';

interface ButtonProps {
  readonly icon: string;
  readonly primary?: boolean;
  readonly onClick: () => void;
  readonly children: string;
}

export function Button({ icon, primary = false, onClick, children }: ButtonProps): VNode {
  return (
    <button type="button" class={primary ? 'button primary' : 'button'} onClick={onClick}>
      <Icon name={icon} />
      {children}
    </button>
  );
}
