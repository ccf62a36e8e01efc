/** How the digits were made, and where the one in the selected cell is from. */
import { useApp } from "../state/app.ts";
import { Dialog } from "./dialog.tsx";

export function Made() {
  const { made } = useApp().texts.value;
  return (
    <Dialog title={made.title}>
      <p>{made.lead}</p>
    </Dialog>
  );
}
