/** How long the driver waits for what, in milliseconds. */
export interface Patience {
  /** For the answer to a question that every printer answers at once. */
  readonly answer_ms: number
  /** For the answer to a question that some models leave open. */
  readonly optional_answer_ms: number
  /** From the first missing answer on: zeros and the question again every second until this is over. */
  readonly silence_ms: number
  /** For the first report after changes were asked for; models without such reports are printed on all the same. */
  readonly report_ms: number
  /** For the confirmation at the end of a job, beyond the time that its bytes take. */
  readonly confirm_ms: number
  /** For a person to close the cover or to put in paper in mid-job. */
  readonly mend_ms: number
  /** Time that a byte takes on the slowest part of the way: 1.05 on a serial line of 9600 baud. */
  readonly byte_ms: number
}

export const PATIENCE: Patience = {
  answer_ms: 2_000,
  optional_answer_ms: 500,
  silence_ms: 10_000,
  report_ms: 1_000,
  confirm_ms: 15_000,
  mend_ms: 60_000,
  byte_ms: 0.1,
}
