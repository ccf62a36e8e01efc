/**
 * Lets the player choose one of several options. The options are radio buttons that look like a row
 * of tabs.
 */
export interface ChoicesProps<Value extends string | number> {
  readonly legend: string;
  readonly name: string;
  readonly value: Value;
  readonly options: readonly (readonly [value: Value, text: string])[];
  readonly onChoose: (value: Value) => void;
}

export function Choices<Value extends string | number>(
  { legend, name, value, options, onChoose }: ChoicesProps<Value>,
) {
  return (
    <fieldset>
      <legend>{legend}</legend>
      <div class="choices">
        {options.map(([each, text]) => (
          <label key={each} class="choice">
            <input
              type="radio"
              name={name}
              checked={each === value}
              onChange={() => onChoose(each)}
            />
            <span>{text}</span>
          </label>
        ))}
      </div>
    </fieldset>
  );
}
