/** Whether this is a zone of the IANA database, as far as this runtime knows it. */
export function isTimeZone(name: string): boolean {
  try {
    return new Intl.DateTimeFormat('en', { timeZone: name }).resolvedOptions().timeZone !== '' && !/^[+-]/.test(name)
  } catch (problem) {
    if (problem instanceof RangeError) return false
    throw problem
  }
}
