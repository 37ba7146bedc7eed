// JSONText+Times: moments, ages and what may be unknown, as all our JSON has them.
import Events
import Wording

extension JSONText {
    static func moment(_ instant: Instant) -> JSONText { .string(instant.timestamp) }

    /// Whole seconds as integers, others with milliseconds.
    static func seconds(_ duration: Duration) -> JSONText {
        let milliseconds = max(0, duration.milliseconds)
        return milliseconds.isMultiple(of: 1000)
            ? .integer(milliseconds / 1000) : .number(Double(milliseconds) / 1000)
    }

    static func milliseconds(_ microseconds: Int64) -> JSONText {
        .number(Double(microseconds) / 1000)
    }

    /// Absent where the source did not tell it.
    static func known(_ text: String) -> JSONText? {
        text.isEmpty ? nil : .string(text)
    }
}
