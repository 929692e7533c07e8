import type { Settings } from '#renderer/store/settings.ts'
import { t } from '#renderer/strings/t.ts'
import { Choice } from './Choice.tsx'
import { Field } from './Field.tsx'
import { TextInput } from './TextInput.tsx'

type Wall = Settings['wall']

/** Screen diagonal, reading distance and visitor mode of the wall on this computer. */
export function WallMeasures({ wall, onChange }: { readonly wall: Wall; readonly onChange: (wall: Wall) => void }) {
  return (
    <>
      <Field label={t('settings.diagonal')}>
        {(ids) => (
          <TextInput
            {...ids}
            type="number"
            min={10}
            max={200}
            value={wall.diagonalInches}
            onChange={(event) => onChange({ ...wall, diagonalInches: within(event.target.valueAsNumber, 10, 200, wall.diagonalInches) })}
          />
        )}
      </Field>
      <Field label={t('settings.distance')}>
        {(ids) => (
          <TextInput
            {...ids}
            type="number"
            min={0.5}
            max={30}
            step={0.5}
            value={wall.distanceMetres}
            onChange={(event) => onChange({ ...wall, distanceMetres: within(event.target.valueAsNumber, 0.5, 30, wall.distanceMetres) })}
          />
        )}
      </Field>
      <Choice
        label={t('settings.visitor')}
        value={wall.visitor ? 'on' : 'off'}
        onChange={(value) => onChange({ ...wall, visitor: value === 'on' })}
        options={[
          { value: 'on', label: t('settings.on') },
          { value: 'off', label: t('settings.off') }
        ]}
      />
    </>
  )
}

/** A number control that is being edited may be empty for a moment; then the last good value stays. */
function within(value: number, low: number, high: number, otherwise: number): number {
  return Number.isNaN(value) ? otherwise : Math.min(high, Math.max(low, value))
}
