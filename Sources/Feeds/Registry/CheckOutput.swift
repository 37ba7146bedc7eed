// CheckOutput: what is kept of what a check prints.

struct CheckOutput: Sendable {
    /// In characters.
    let limit: Int
    let secrets: OwnSecrets

    /// Reads one check's text.
    ///
    /// Agents write the address that they probe into it, and a probe the token it was refused with.
    func read(_ scanner: inout JSONScanner) throws(JSONError) -> String {
        // Hidden before it is cut: half a secret is one too.
        let text = try scanner.string(atMost: limit + secrets.longest)
        let told = SecretShape.withoutAssignments(SecretShape.withoutPasswords(text))
        let hidden = secrets.hidden(in: told, and: nil)
        return hidden.utf8.count > limit ? String(hidden.prefix(limit)) : hidden
    }
}
