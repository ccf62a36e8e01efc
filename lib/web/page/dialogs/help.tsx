/** Shows a dialog with the rules in one line and a list of all keyboard shortcuts. */
import { useApp } from "../state/app.ts";
import { Dialog } from "./dialog.tsx";

export function Help() {
  const { help } = useApp().texts.value;
  return (
    <Dialog title={help.title}>
      <p>{help.rules}</p>
      <p>{help.touch}</p>
      <table>
        <caption class="unseen">{help.keys}</caption>
        <tbody>
          {help.list.map(([keys, does]) => (
            <tr key={keys}>
              <th scope="row">
                <kbd>{keys}</kbd>
              </th>
              <td>{does}</td>
            </tr>
          ))}
        </tbody>
      </table>
    </Dialog>
  );
}
