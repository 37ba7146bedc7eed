// Message: a line for the operator, kept for `:messages`.
import Drawing
package import Events
package import WorldModel

package struct Message: Hashable, Sendable {
    package var text: String
    package var isWarning: Bool
    package var at: Instant
}

/// What the program should do; the pane itself does nothing.
package enum Intent: Hashable, Sendable {
    case quit, suspend, redraw, refresh
    case copy(String)
    case theme(String)
    /// Starts an incident of the demonstration; nil ends it.
    case incident(String?)
    case mouse(Bool)
    /// For alerts, by fingerprint.
    case order(AlertOrder, on: [String])
    case mute([LabelMatcher], until: Instant, comment: String)
    case unmute(Mute.ID)
}
