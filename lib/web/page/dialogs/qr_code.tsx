/**
 * Shows a QR code. The code is dark on white in every theme, because QR code readers expect these
 * colours.
 */
export interface QrCodeProps {
  readonly modules: readonly (readonly boolean[])[];
  readonly label: string;
}

/**
 * The width of the white margin that QR code readers need. The unit is one module (a small square
 * of the code).
 */
const QUIET = 4;

export function QrCode({ modules, label }: QrCodeProps) {
  const side = modules.length + 2 * QUIET;
  const path = modules.flatMap((row, y) =>
    row.flatMap((isDark, x) => isDark ? [`M${x + QUIET} ${y + QUIET}h1v1h-1z`] : [])
  ).join("");
  return (
    <svg class="qr" viewBox={`0 0 ${side} ${side}`} role="img" aria-label={label}>
      <path class="qr-ground" d={`M0 0h${side}v${side}H0z`} />
      <path class="qr-modules" d={path} />
    </svg>
  );
}
