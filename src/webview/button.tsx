import type { Ref, VNode } from 'preact';
import { Icon } from './icon.tsx';

interface ButtonProps {
  readonly button?: Ref<HTMLButtonElement>;
  readonly icon: string;
  readonly primary?: boolean;
  readonly onClick: () => void;
  readonly children: string;
}

export function Button({ button, icon, primary = false, onClick, children }: ButtonProps): VNode {
  return (
    <button
      {...(button === undefined ? {} : { ref: button })}
      type="button"
      class={primary ? 'button primary' : 'button'}
      onClick={onClick}
    >
      <Icon name={icon} />
      {children}
    </button>
  );
}
