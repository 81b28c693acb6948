import { Component } from 'preact';

/** A part of the page that is drawn again only where one of its properties is another: there are hundreds. */
export abstract class PureComponent<P extends object> extends Component<P> {
  override shouldComponentUpdate(next: P): boolean {
    const now = this.props as P;
    return (Object.keys(next) as (keyof P)[]).some((key) => next[key] !== now[key]);
  }
}
