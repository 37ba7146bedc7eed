// StoreEntry: the entry `store`: its first key says in what acknowledgements are kept, and where.
import Events

/// Reads `store: {sqlite: PATH}`, or the address of a Consul or etcd and how it is asked.
struct StoreEntry {
    private static let kinds = ["sqlite", "consul", "etcd"]
    private static let options = [
        "prefix", "token", "user", "password", "datacenter", "ca", "certificate", "key", "deadline",
    ]

    private let kind: String
    private let fields: Fields
    private let resolve: ConfigurationReader.Resolve

    init(
        _ node: Node, file: String, _ resolve: @escaping ConfigurationReader.Resolve
    ) throws(DocumentError) {
        let first = try FirstKey(
            of: node, in: file, expecting: "`KIND: PLACE`, as in `store: {sqlite: alerts.db}`")
        try first.index(among: Self.kinds, in: file, "keeps no acknowledgements")
        (kind, self.resolve) = (first.word, resolve)
        let options = first.word == "sqlite" ? [] : Self.options
        fields = try Fields(node, known: [first.word] + options, file: file)
    }

    func settings() throws(DocumentError) -> StoreSettings {
        guard let kind = FeedKind(rawValue: kind) else { return .file(try file()) }
        let url = try fields.address(kind.rawValue)
        guard !url.lowercased().hasPrefix("consul://") else {
            throw fields.error(
                kind.rawValue, "a store is not looked up in a registry; write http://HOST:PORT")
        }
        var settings = FeedSettings(
            name: kind.rawValue, kind: kind, worlds: [], url: url,
            token: try fields.secret("token", resolve),
            deadline: try fields.duration("deadline") ?? .seconds(10))
        settings.user = try fields.string("user")
        settings.password = try fields.secret("password", resolve)
        settings.datacenter = try fields.string("datacenter")
        settings.prefix = try prefix()
        settings.authorityFile = try fields.path("ca")
        settings.certificateFile = try fields.path("certificate")
        settings.keyFile = try fields.path("key")
        return .server(settings)
    }

    private func file() throws(DocumentError) -> String {
        let path = try fields.required("sqlite")
        guard !path.isEmpty, !path.hasSuffix("/") else {
            throw fields.error("sqlite", "\"sqlite\" is a file's path, as in alerts.db")
        }
        return path
    }

    /// Keys that are not ours must not lie among ours.
    private func prefix() throws(DocumentError) -> String {
        let prefix = try fields.string("prefix") ?? "clawtop/"
        guard prefix.hasSuffix("/"), prefix.count > 1, !prefix.hasPrefix("/") else {
            throw fields.error("prefix", "\"prefix\" is a folder of keys, as in clawtop/")
        }
        return prefix
    }
}
