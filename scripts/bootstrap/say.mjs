/** One line of progress. On stderr, so that a command's own output can be piped. */
export const say = (/** @type {string} */ sentence) => process.stderr.write(`ringdown: ${sentence}\n`)
