import { parseDate, parseDateTime, toCalendarDateTime, type DateValue } from '@internationalized/date'
import { CalendarDays, ChevronLeft, ChevronRight } from 'lucide-react'
import {
  Button, Calendar, CalendarCell, CalendarGrid, DateInput, DatePicker, DateSegment, Dialog, Group, Heading, Label, Popover, useLocale,
} from 'react-aria-components'

interface DayFieldProps {
  readonly label: string
  /** `2026-03-14`; null: none. */
  readonly day: string | null
  readonly onDay: (day: string | null) => void
}

/** A day, typed part by part or taken from a calendar, in the language of the page and not in that of the browser. */
export function DayField({ label, day, onDay }: DayFieldProps) {
  return <Picker label={label} granularity="day" value={day === null ? null : parseDate(day)} onValue={(value) => onDay(value?.toString() ?? null)} />
}

interface MomentFieldProps {
  readonly label: string
  /** `2026-03-14T08:30`, as the clock on the wall has it; null: none. */
  readonly moment: string | null
  readonly onMoment: (moment: string | null) => void
}

/** A day and a time of day, to the minute. */
export function MomentField({ label, moment, onMoment }: MomentFieldProps) {
  return (
    <Picker
      label={label}
      granularity="minute"
      value={moment === null ? null : parseDateTime(moment)}
      onValue={(value) => onMoment(value === null ? null : toCalendarDateTime(value).toString().slice(0, 'yyyy-mm-ddThh:mm'.length))}
    />
  )
}

interface PickerProps {
  readonly label: string
  readonly granularity: 'day' | 'minute'
  readonly value: DateValue | null
  readonly onValue: (value: DateValue | null) => void
}

function Picker({ label, granularity, value, onValue }: PickerProps) {
  const { direction } = useLocale()
  const [Before, After] = direction === 'rtl' ? [ChevronRight, ChevronLeft] : [ChevronLeft, ChevronRight]
  return (
    <DatePicker className="field day-field" granularity={granularity} hideTimeZone shouldForceLeadingZeros value={value} onChange={onValue}>
      <Label className="field__label">{label}</Label>
      <Group className="field__input day-field__group">
        <DateInput className="day-field__parts">{(segment) => <DateSegment className="day-field__part" segment={segment} />}</DateInput>
        <Button className="day-field__open">
          <CalendarDays size={20} aria-hidden />
        </Button>
      </Group>
      <Popover className="popover day-field__popover">
        <Dialog className="day-field__dialog">
          <Calendar>
            <header className="day-field__head">
              <Button slot="previous" className="day-field__step"><Before size={22} aria-hidden /></Button>
              <Heading className="day-field__month" />
              <Button slot="next" className="day-field__step"><After size={22} aria-hidden /></Button>
            </header>
            <CalendarGrid>{(date) => <CalendarCell className="day-field__day" date={date} />}</CalendarGrid>
          </Calendar>
        </Dialog>
      </Popover>
    </DatePicker>
  )
}
