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
      return Object.keys(next).some((name) =>
        next[name as keyof Props] !== this.props[name as keyof Props]
      );
    }

    override render() {
      return <Inner {...this.props as Props} />;
    }
  };
}
