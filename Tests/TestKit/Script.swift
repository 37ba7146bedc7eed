// Script: a recording written by hand, one event a line.
package import Events

extension Instant {
    /// The script's second `n`.
    package static func second(_ n: Int) -> Self { Self(milliseconds: Int64(n) * 1000) }
}
