// Times: how long something took or has been so, and when, as people read it.

/// An age with two units at most: `4s`, `3m12s`, `2h05m`, `6d`.
package func age(milliseconds: Int64) -> String {
    let seconds = max(0, milliseconds) / 1000
    switch seconds {
    case ..<60: return "\(seconds)s"
    case ..<3600: return "\(seconds / 60)m\(twoDigits(seconds % 60))s"
    case ..<86_400: return "\(seconds / 3600)h\(twoDigits(seconds % 3600 / 60))m"
    default: return "\(seconds / 86_400)d"
    }
}

/// An age in its greatest unit only: `4s`, `3m`, `2h`, `6d`.
package func briefAge(milliseconds: Int64) -> String {
    let seconds = max(0, milliseconds) / 1000
    switch seconds {
    case ..<60: return "\(seconds)s"
    case ..<3600: return "\(seconds / 60)m"
    case ..<86_400: return "\(seconds / 3600)h"
    default: return "\(seconds / 86_400)d"
    }
}

/// A length of time that somebody chose, exactly: `30s`, `5m`, `1h30m`, `250ms`.
package func length(milliseconds: Int64) -> String {
    var rest = max(0, milliseconds)
    var text = ""
    let units: [(name: String, milliseconds: Int64)] = [
        ("d", 86_400_000), ("h", 3_600_000), ("m", 60_000), ("s", 1000), ("ms", 1),
    ]
    for unit in units where rest >= unit.milliseconds {
        text += "\(rest / unit.milliseconds)\(unit.name)"
        rest %= unit.milliseconds
    }
    return text.isEmpty ? "0s" : text
}

/// An age with tenths of a second while it is young: `0.2 s`, then `12 s`, then `3m12s`.
package func freshness(milliseconds: Int64) -> String {
    switch max(0, milliseconds) {
    case let age where age < 10_000: "\(tenths(Int(age / 100))) s"
    case let age where age < 60_000: "\(age / 1000) s"
    case let age: Wording.age(milliseconds: age)
    }
}

/// A latency in the unit that suits it: `640µs`, `18ms`, `2.4s`, `3m12s`.
package func latency(microseconds: Int64) -> String {
    switch max(0, microseconds) {
    case let time where time < 1000: "\(time)µs"
    case let time where time < 9950 && time % 1000 != 0:
        "\(tenths(Int((time + 50) / 100)))ms"
    case let time where time < 999_500: "\((time + 500) / 1000)ms"
    case let time where time < 9_950_000: "\(tenths(Int((time + 50_000) / 100_000)))s"
    case let time where time < 59_500_000: "\((time + 500_000) / 1_000_000)s"
    case let time: age(milliseconds: time / 1000)
    }
}

/// `00:42`: minutes and seconds of a stopwatch; hours where it needs them.
package func stopwatch(milliseconds: Int64) -> String {
    let seconds = max(0, milliseconds) / 1000
    let rest = "\(twoDigits(seconds % 3600 / 60)):\(twoDigits(seconds % 60))"
    return seconds < 3600 ? rest : "\(seconds / 3600):\(rest)"
}

/// `03:14:07`: the time of day in UTC.
package func clock(milliseconds: Int64) -> String {
    let seconds = dividedDown(milliseconds, by: 1000)
    let ofDay = seconds - dividedDown(seconds, by: 86_400) * 86_400
    let (hour, minute, second) = (ofDay / 3600, ofDay % 3600 / 60, ofDay % 60)
    return "\(twoDigits(hour)):\(twoDigits(minute)):\(twoDigits(second))"
}

private func twoDigits(_ number: Int64) -> String {
    number < 10 ? "0\(number)" : "\(number)"
}

private func dividedDown(_ number: Int64, by divisor: Int64) -> Int64 {
    number >= 0 ? number / divisor : (number - divisor + 1) / divisor
}
