/** The fields of an intake in the order in which a call gives them. */
const FIELDS = [
  'callerNumber',
  'callerName',
  'customer',
  'contact',
  'item',
  'subject',
  'impact',
  'urgency',
  'severity',
  'callback',
  'owner',
  'queue',
  'notes'
] as const
export type FieldName = (typeof FIELDS)[number]

/** Fields that Enter passes over because they have a good value already; F7 and Shift+Enter still reach them. */
const PRESET: ReadonlySet<FieldName> = new Set(['severity', 'owner', 'queue'])

/** Where Enter goes: the next field that is still empty, else simply the next one; null after the last. */
export function nextField(current: FieldName, isFilled: (field: FieldName) => boolean): FieldName | null {
  const later = FIELDS.slice(FIELDS.indexOf(current) + 1).filter((field) => !PRESET.has(field))
  return later.find((field) => !isFilled(field)) ?? later[0] ?? null
}

export function previousField(current: FieldName): FieldName | null {
  return FIELDS[FIELDS.indexOf(current) - 1] ?? null
}
