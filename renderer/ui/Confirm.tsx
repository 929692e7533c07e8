import { Button } from './Button.tsx'
import styles from './Confirm.module.css'
import { Dialog } from './Dialog.tsx'

type Props = {
  readonly title: string
  readonly text: string
  readonly confirm: string
  readonly keep: string
  readonly danger?: boolean
  readonly onConfirm: () => void
  readonly onClose: () => void
}

/** Asks before something that cannot be undone. The harmless answer has the focus. */
export function Confirm({ title, text, confirm, keep, danger = true, onConfirm, onClose }: Props) {
  return (
    <Dialog label={title} onClose={onClose}>
      <div className={styles.body}>
        <h2 className={styles.title}>{title}</h2>
        <p>{text}</p>
        <div className={styles.foot}>
          <Button autoFocus onClick={onClose}>
            {keep}
          </Button>
          <Button look={danger ? 'danger' : 'main'} onClick={onConfirm}>
            {confirm}
          </Button>
        </div>
      </div>
    </Dialog>
  )
}
