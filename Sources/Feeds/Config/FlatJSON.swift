// FlatJSON: a JSON object as a list of dotted scalars.

enum FlatJSON {
    /// The most scalars that are read; the pane shows fewer.
    private static let limit = 256

    /// Nil where `bytes` are no JSON object.
    static func scalars(_ bytes: [UInt8]) -> [FlatScalar]? {
        guard case .object(let members)? = JSONValue(bytes) else { return nil }
        var scalars: [FlatScalar] = []
        flatten(members, under: "", isSecret: false, into: &scalars)
        // The version is wanted even where it comes last.
        if !scalars.contains(where: { $0.name == "version" }),
            case let version? = members.first(where: { $0.name == "version" })
        {
            flatten([version], under: "", isSecret: false, into: &scalars, limit: .max)
        }
        return scalars
    }

    private static func flatten(
        _ members: [(name: String, value: JSONValue)], under parent: String, isSecret: Bool,
        into scalars: inout [FlatScalar], limit: Int = limit
    ) {
        let isSecret = isSecret || namesSecret(members)
        for (name, value) in members {
            guard scalars.count < limit else { return }
            let path = parent.isEmpty ? name : "\(parent).\(name)"
            let isSecret = isSecret || Secrecy.isSecret(name: name)
            switch value {
            case .object(let members):
                flatten(members, under: path, isSecret: isSecret, into: &scalars, limit: limit)
            case .array(let elements):
                let numbered = elements.prefix(limit).enumerated().map {
                    (name: "\($0)", value: $1)
                }
                flatten(numbered, under: path, isSecret: isSecret, into: &scalars, limit: limit)
            case .string(let text), .literal(let text):
                scalars.append(FlatScalar(name: path, value: text, isSecret: isSecret))
            case .null:
                scalars.append(FlatScalar(name: path, value: "null", isSecret: isSecret))
            }
        }
    }

    /// Whether this is a pair like `{"name": "DB_PASSWORD", "value": "…"}`.
    private static func namesSecret(_ members: [(name: String, value: JSONValue)]) -> Bool {
        members.contains { name, value in
            guard case .string(let text) = value, text.utf8.count <= 200 else { return false }
            return ["name", "key", "id", "variable", "header", "property"].contains(
                name.lowercased())
                && Secrecy.isSecret(name: text)
        }
    }
}
