/// <reference lib="dom" />
import { render } from "preact";
import { signal } from "@preact/signals";
const n = signal(0);
function App() {
  return (
    <main onClick={() => n.value++}>
      <h1>Sudogan</h1> {n}
    </main>
  );
}
render(<App />, document.getElementById("page")!);
