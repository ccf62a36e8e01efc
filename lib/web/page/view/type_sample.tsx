/**
 * Contains an invisible sample of each kind of note and digit. When a browser first uses a font in
 * a certain size or weight, it has to look up the font, which takes up to 50 ms on a slow device.
 * Because of the samples, the browser looks up all fonts while the page loads. Otherwise, the first
 * key press that shows notes would be delayed.
 */
const counts = [1, 6, 7];

export function TypeSample() {
  return (
    <div class="type-sample" aria-hidden="true">
      <div class="cell given">
        <span class="digit plain">1</span>
      </div>
      <div class="cell entered">
        <span class="digit plain">1</span>
        {counts.map((count) => (
          <span key={count} class="notes centre" data-count={count}>
            1<b class="lit">1</b>
          </span>
        ))}
      </div>
    </div>
  );
}
