import type { ReactNode } from 'react'
import type { Severity } from '#shared/domain/case/severity.ts'
import { t } from '#renderer/strings/t.ts'
import styles from './SeverityMark.module.css'

/** Severity as shape and digit in the text's own colour: solid diamond, diamond, square, circle, dotted circle. Colour stays with the clocks. */
export function SeverityMark({ severity, size = 20 }: { readonly severity: Severity; readonly size?: number | string }) {
  return (
    <svg
      className={styles.mark}
      width={size}
      height={size}
      viewBox="0 0 20 20"
      role="img"
      aria-label={t('severity.label', { level: severity, name: t(`severity.${severity}`) })}
    >
      {SHAPES[severity]}
      <text x="10" y="13.9" textAnchor="middle" className={severity === 1 ? styles.inverse : styles.digit}>
        {severity}
      </text>
    </svg>
  )
}

const SHAPES: { readonly [S in Severity]: ReactNode } = {
  1: <path d="M10 0 20 10 10 20 0 10Z" fill="currentColor" />,
  2: <path d="M10 1.2 18.8 10 10 18.8 1.2 10Z" fill="none" stroke="currentColor" strokeWidth="1.8" />,
  3: <rect x="2.2" y="2.2" width="15.6" height="15.6" rx="2.5" fill="none" stroke="currentColor" strokeOpacity="0.75" strokeWidth="1.3" />,
  4: <circle cx="10" cy="10" r="8.2" fill="none" stroke="currentColor" strokeOpacity="0.55" strokeWidth="1.2" />,
  5: <circle cx="10" cy="10" r="8.2" fill="none" stroke="currentColor" strokeOpacity="0.6" strokeWidth="1.2" strokeDasharray="1.6 2.4" />
}
