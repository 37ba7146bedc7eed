// FeedEntry: one entry under `feeds`: its first key is its kind and address.
import Events
import Wording

/// Reads one entry.
struct FeedEntry {
    private static let options = [
        "name", "deadline", "interval", "budget", "token", "user", "password", "datacenter",
        "prefix", "ca", "certificate", "key", "tenant", "job", "honor_labels",
    ]

    private let file: String
    private let world: WatchedWorld
    private let kind: FeedKind
    private let fields: Fields
    private let resolve: ConfigurationReader.Resolve

    init(
        _ node: Node, world: WatchedWorld, file: String,
        resolve: @escaping ConfigurationReader.Resolve
    ) throws(DocumentError) {
        guard case .mapping(let entries) = node.content, let first = entries.first else {
            throw DocumentError(
                file, node.place, "expected `KIND: ADDRESS`, as in `- consul: http://host:8500`")
        }
        let kinds = FeedKind.allCases.filter { $0.worlds.contains(world) }.map(\.rawValue)
        guard let kind = FeedKind(rawValue: first.key), kinds.contains(first.key) else {
            let hint = suggestion(for: first.key, among: kinds)
            // A word that is none of ours may be a secret.
            let isOurs = FeedKind(rawValue: first.key) != nil || !hint.isEmpty
            throw DocumentError(
                file, first.place,
                "\(isOurs ? "\"\(first.key)\"" : "this") tells nothing of \(world.rawValue)\(hint); "
                    + "the first key is one of \(kinds.joined(separator: ", "))")
        }
        (self.file, self.world, self.kind, self.resolve) = (file, world, kind, resolve)
        fields = try Fields(node, known: [first.key] + Self.options, file: file)
    }

    func settings() throws(DocumentError) -> FeedSettings {
        var settings = FeedSettings(
            name: try fields.string("name") ?? kind.rawValue, kind: kind, worlds: [world],
            url: try url(), token: try secret("token"),
            deadline: try duration("deadline") ?? .seconds(10))
        settings.user = try fields.string("user")
        settings.password = try secret("password")
        settings.datacenter = try fields.string("datacenter")
        settings.prefix = try fields.string("prefix")
        settings.tenant = try fields.string("tenant")
        settings.job = try fields.string("job")
        settings.honorsLabels = try flag("honor_labels")
        settings.authorityFile = try path("ca")
        settings.certificateFile = try path("certificate")
        settings.keyFile = try path("key")
        settings.interval = try duration("interval")
        settings.budget = try budget()
        return settings
    }

    private func url() throws(DocumentError) -> String {
        let url = try fields.required(kind.rawValue)
        do {
            try checkAddress(url)
        } catch {
            throw DocumentError(file, place(kind.rawValue), error.message)
        }
        let authority = url.split(separator: "/").dropFirst().first ?? ""
        guard !authority.contains("@") else {
            throw DocumentError(
                file, place(kind.rawValue),
                "no user or password in an address; write `user:` and `password: env:NAME`")
        }
        return url
    }

    private func secret(_ key: String) throws(DocumentError) -> Secret? {
        guard let text = try fields.string(key) else { return nil }
        guard let reference = SecretReference(text) else {
            throw DocumentError(
                file, place(key),
                "\"\(key)\" must be a reference, never the secret: env:NAME, file:PATH or exec:COMMAND"
            )
        }
        do {
            return try resolve(reference)
        } catch {
            throw DocumentError(file, place(key), error.message)
        }
    }

    private func duration(_ key: String) throws(DocumentError) -> Duration? {
        guard let text = try fields.string(key) else { return nil }
        guard let duration = Duration(prometheus: text), duration > .zero else {
            throw DocumentError(
                file, place(key),
                "\"\(key)\" is a duration, as in 500ms, 10s, 15m or 1h30m")
        }
        return duration
    }

    private func flag(_ key: String) throws(DocumentError) -> Bool {
        switch try fields.string(key) {
        case nil, "false": false
        case "true": true
        default: throw DocumentError(file, place(key), "\"\(key)\" is true or false")
        }
    }

    private func budget() throws(DocumentError) -> Double? {
        guard let text = try fields.string("budget") else { return nil }
        guard let budget = Double(text), budget > 0, budget.isFinite else {
            throw DocumentError(
                file, place("budget"), "\"budget\" is requests per second, as in 5 or 0.5")
        }
        return budget
    }

    /// A file's path; `file:` in front of it is allowed.
    private func path(_ key: String) throws(DocumentError) -> String? {
        try fields.string(key).map { $0.hasPrefix("file:") ? String($0.dropFirst(5)) : $0 }
    }

    private func place(_ key: String) -> Place { fields[key]?.place ?? fields.place }
}
