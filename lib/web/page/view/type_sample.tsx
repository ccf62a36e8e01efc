/**
 * Contains an invisible sample of each kind of note and digit, and of a conflict. When a browser
 * first uses a font in a certain size or weight, it has to look up the font, which takes up to 50
 * ms on a slow device. Opening the picture of the wavy line takes 10 ms. Because of the samples,
 * the browser looks up the fonts and opens the picture while the page loads. Otherwise, the first
 * key press that shows notes or a conflict would be delayed.
 */
const counts = [1, 6, 7];

export function TypeSample() {
  return (
    <div class="type-sample" aria-hidden="true">
      <div class="cell given conflict">
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
