/**
 * Holds one invisible sample of each kind of note and digit. A browser looks a font up when a size
 * or weight of it is first laid out, which takes up to 50 ms on a slow device. With the sample this
 * happens while the page loads, and not at the first key that shows notes.
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
