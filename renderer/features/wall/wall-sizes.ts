/** Digit heights that are read at five metres, in millimetres; they grow with the distance. */
const DIGITS_AT_5_M = { first: 58, row: 30, least: 23.2 }
/** Height of a digit in Inter as a share of the type size. */
const DIGIT_SHARE = 0.727
const MOST_ROWS = 8

export type WallSizes = {
  /** Type sizes in CSS pixels. */
  readonly first: number
  readonly row: number
  readonly least: number
  /** How many cases fit, the first one included. */
  readonly rows: number
}

type Screen = { readonly width: number; readonly height: number }

/** Type sizes and row count for a screen of this many CSS pixels and this diagonal, read from this distance. */
export function wallSizes(screen: Screen, view: Screen, diagonalInches: number, distanceMetres: number): WallSizes {
  const millimetresPerPixel = (diagonalInches * 25.4) / Math.hypot(screen.width, screen.height)
  const size = (millimetres: number) => (millimetres * (distanceMetres / 5)) / (millimetresPerPixel * DIGIT_SHARE)
  const [first, row, least] = [size(DIGITS_AT_5_M.first), size(DIGITS_AT_5_M.row), size(DIGITS_AT_5_M.least)]
  const strips = 2 * least * STRIP
  const left = view.height - strips - (first + least) * LINE
  return { first, row, least, rows: Math.max(1, Math.min(MOST_ROWS, 1 + Math.floor(left / ((row + least) * LINE)))) }
}

/** Heights of a strip and of a line as multiples of their type size; the style sheet uses the same figures. */
const STRIP = 1.75
const LINE = 1.22
