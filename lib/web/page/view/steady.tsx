/**
 * Keeps components as they are while nothing that they show changes.
 *
 * Most parts of the page read its state from the context. Preact draws such a component again
 * whenever its parent is drawn, that is, at each key press.
 */
import { Component, type FunctionComponent } from "preact";

/**
 * Returns a component that is drawn again only if one of its properties has changed, or a signal
 * that it reads.
 */
export function steady<Props extends object>(Inner: FunctionComponent<Props>) {
  return class extends Component<Props> {
    override shouldComponentUpdate(next: Readonly<Props>): boolean {
      const names = Object.keys({ ...this.props, ...next }) as (keyof Props)[];
      return names.some((name) => next[name] !== this.props[name]);
    }

    override render() {
      return <Inner {...this.props as Props} />;
    }
  };
}
