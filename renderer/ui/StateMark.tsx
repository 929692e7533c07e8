import type { ReactNode } from 'react'
import type { Pressure } from './due-face.ts'
import styles from './StateMark.module.css'

export type Mark = Pressure | 'lateAcknowledged'

/**
 * The state of a promise as a shape, so that it is read without colour: hollow circle, half and whole triangle, octagon (with a
 * tick once a person has it), two bars. Decorative: the words stand beside it. The shapes are drawn once per window by
 * StateSprite; a ticking face swaps one attribute to change its mark.
 */
export function StateMark({ mark, size = 14 }: { readonly mark: Mark; readonly size?: number | string }) {
  return (
    <svg className={styles.mark} data-mark={mark} width={size} height={size} viewBox="0 0 16 16" aria-hidden="true">
      <use href={`#state-${mark}`} />
    </svg>
  )
}

/** The drawn shapes; once in every window, before anything that shows a mark. */
export function StateSprite() {
  return (
    <svg width="0" height="0" aria-hidden="true" className={styles.sprite}>
      {MARKS.map((mark) => (
        <symbol key={mark} id={`state-${mark}`} viewBox="0 0 16 16">
          {SHAPES[mark]}
        </symbol>
      ))}
    </svg>
  )
}

const MARKS: readonly Mark[] = ['calm', 'soon', 'last', 'late', 'lateAcknowledged', 'paused']

const OCTAGON = '5.1 1 10.9 1 15 5.1 15 10.9 10.9 15 5.1 15 1 10.9 1 5.1'

const SHAPES: { readonly [M in Mark]: ReactNode } = {
  calm: <circle cx="8" cy="8" r="5.6" fill="none" stroke="currentColor" strokeWidth="1.6" />,
  soon: (
    <>
      <path d="M8 1.6 15 14.4H1Z" fill="none" stroke="currentColor" strokeWidth="1.6" strokeLinejoin="round" />
      <path d="M4.6 8.2H11.4L14.6 14H1.4Z" fill="currentColor" />
    </>
  ),
  last: <path d="M8 1.2 15.4 14.8H.6Z" fill="currentColor" stroke="currentColor" strokeWidth="1" strokeLinejoin="round" />,
  late: (
    <>
      <polygon points={OCTAGON} fill="currentColor" />
      <path d="M8 4v5M8 11v1.6" stroke="var(--mark-ink, #fff)" strokeWidth="1.8" />
    </>
  ),
  lateAcknowledged: (
    <>
      <polygon points={OCTAGON} fill="currentColor" />
      <path d="m4.6 8.3 2.4 2.4 4.4-5" fill="none" stroke="var(--mark-ink, #fff)" strokeWidth="1.8" />
    </>
  ),
  paused: <path d="M4 2.5h3v11H4zM9 2.5h3v11H9z" fill="currentColor" />
}
