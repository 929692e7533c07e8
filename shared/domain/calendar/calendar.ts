import { z } from 'zod'
import { isTimeZone } from '../directory/time-zone.ts'
import { name } from '../text.ts'

/** ISO: 1 is Monday, 7 is Sunday. */
const Weekday = z.number().int().min(1).max(7)

/** Hours on the clock on the wall, in minutes since midnight; a block that ends after 24:00 (1440) reaches into the next day. */
const Block = z
  .object({ day: Weekday, fromMinute: z.number().int().min(0).max(1439), toMinute: z.number().int().min(1).max(2879) })
  .refine(
    ({ fromMinute, toMinute }) => toMinute > fromMinute && toMinute <= fromMinute + 1440,
    'a block is longer than nothing and no longer than a day'
  )

/** When a desk or a contract counts time: weekly blocks in a zone of the IANA database, without its holidays (whole local dates). */
export const Calendar = z.object({
  id: z.string().regex(/^[a-z0-9-]{1,60}$/),
  name: name(120),
  timeZone: z.string().refine(isTimeZone, 'not a zone of the IANA database'),
  weekly: z.array(Block).min(1).max(100).readonly(),
  holidays: z.array(z.iso.date()).max(5_000).readonly()
})
export type Calendar = z.infer<typeof Calendar>
