// RegistryRefusal: Consul's errors, which are plain text.

struct RegistryRefusal: Error, Hashable {
    var status: Int
    var text: String
    /// Errors of the servers (rather than of the agent) carry an index that must never be used.
    var isOfServer = false

    init(_ status: Int, _ text: String, isOfServer: Bool = false) {
        (self.status, self.text, self.isOfServer) = (status, text, isOfServer)
    }

    static let unknownToken = Self(403, "ACL not found", isOfServer: true)

    /// What the anonymous token may not do.
    static func denied(_ permission: String, on name: String) -> Self {
        Self(
            403,
            """
            Permission denied: token with AccessorID '00000000-0000-0000-0000-000000000002' \
            lacks permission '\(permission)' on "\(name)"
            """)
    }
}
