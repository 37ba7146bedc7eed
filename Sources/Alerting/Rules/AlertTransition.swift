// AlertTransition: how an evaluation changed an alert's state.
package import Events

package struct AlertTransition: Hashable, Sendable {
    /// The alert after the evaluation; where it is forgotten, as it was before.
    package let alert: Alert
    /// Nil where it is new.
    package let from: AlertState?
    /// Nil where it is forgotten without having been resolved.
    package let to: AlertState?

    /// Nil where nothing changed, or a resolved alert is forgotten: that is no news.
    init?(from before: Alert?, to after: Alert?) {
        guard before?.state != after?.state, let alert = after ?? before else { return nil }
        guard after != nil || alert.state != .resolved else { return nil }
        (self.alert, from, to) = (alert, before?.state, after?.state)
    }
}
