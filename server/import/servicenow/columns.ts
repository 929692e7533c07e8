/** Columns of a ServiceNow incident export without which a line says nothing about a case. */
export const REQUIRED_COLUMNS = [
  'number',
  'incident_state',
  'reopen_count',
  'opened_at',
  'sys_updated_by',
  'sys_updated_at',
  'contact_type',
  'priority',
  'assignment_group',
  'assigned_to'
] as const

/** Columns that are used or kept in the export's own words where an export has them. */
const OTHER_COLUMNS = [
  'active',
  'reassignment_count',
  'sys_mod_count',
  'made_sla',
  'caller_id',
  'opened_by',
  'sys_created_by',
  'sys_created_at',
  'location',
  'category',
  'subcategory',
  'u_symptom',
  'cmdb_ci',
  'impact',
  'urgency',
  'knowledge',
  'u_priority_confirmation',
  'notify',
  'problem_id',
  'rfc',
  'vendor',
  'caused_by',
  'closed_code',
  'resolved_by',
  'resolved_at',
  'closed_at'
] as const

export type Column = (typeof REQUIRED_COLUMNS)[number] | (typeof OTHER_COLUMNS)[number]
export const COLUMNS: readonly Column[] = [...REQUIRED_COLUMNS, ...OTHER_COLUMNS]

/** One line's values by column; an empty text is an empty cell (`?` in some exports). */
export type Columns = { readonly [C in Column]: string }

export const NO_COLUMNS: Columns = Object.fromEntries(COLUMNS.map((column) => [column, ''])) as Columns

/** The known columns that differ, with the value before and after. */
export function changedColumns(from: Columns, to: Columns): Record<string, [string, string]> {
  return Object.fromEntries(COLUMNS.filter((column) => from[column] !== to[column]).map((column) => [column, [from[column], to[column]]]))
}
