// Person: who does something to an alert, and where.

/// The operating system's user on a host; what people are asked by when something is taken over.
package struct Person: Hashable, Codable, Sendable, CustomStringConvertible {
    package var user: String
    package var host: String

    package init(user: String, host: String) { (self.user, self.host) = (user, host) }

    /// As in `ada@laptop`.
    package var description: String { host.isEmpty ? user : "\(user)@\(host)" }
}
