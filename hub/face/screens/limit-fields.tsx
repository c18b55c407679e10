import { LIMIT_FIELDS, type LimitFault, type WrittenLimits } from '../../../contract/sensors/written-limits.ts'
import { Field } from '../parts/field.tsx'
import { useFaceWords } from '../words/use-face-words.ts'

interface LimitFieldsProps {
  readonly written: WrittenLimits
  readonly faults: readonly LimitFault[]
  readonly onChange: (written: WrittenLimits) => void
}

/** What the pieces of a product are kept within; what is wrong stands at its field. */
export function LimitFields({ written, faults, onChange }: LimitFieldsProps) {
  const { t } = useFaceWords()
  const troubleOf = (field: keyof WrittenLimits): string | null => {
    const fault = faults.find((one) => one.field === field)
    return fault === undefined ? null : t('limits.wrong', { value: written[field].trim(), what: t(`row-fault.${fault.code}`) })
  }
  return (
    <fieldset className="limits">
      <legend className="field__label">{t('limits.title')}</legend>
      <p className="muted">{t('limits.hint')}</p>
      <div className="limits__fields">
        {LIMIT_FIELDS.map((field) => (
          <Field
            key={field} label={t(`limits.${field}`)} value={written[field]} onChange={(text) => onChange({ ...written, [field]: text })}
            inputMode={field.endsWith('_minutes') ? 'numeric' : 'text'} isCode trouble={troubleOf(field)}
          />
        ))}
      </div>
    </fieldset>
  )
}
