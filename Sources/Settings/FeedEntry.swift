// FeedEntry: one entry under `feeds`: its first key is its kind and address.
import Events

/// Reads one entry.
struct FeedEntry {
    private static let options = [
        "name", "deadline", "interval", "budget", "token", "user", "password", "datacenter",
        "prefix", "ca", "certificate", "key", "tenant", "job", "honor_labels",
    ]

    private let world: WatchedWorld
    private let kind: FeedKind
    private let fields: Fields
    private let resolve: ConfigurationReader.Resolve

    init(
        _ node: Node, world: WatchedWorld, file: String,
        resolve: @escaping ConfigurationReader.Resolve
    ) throws(DocumentError) {
        let first = try FirstKey(
            of: node, in: file, expecting: "`KIND: ADDRESS`, as in `- consul: http://host:8500`")
        let kinds = FeedKind.allCases.filter { $0.worlds.contains(world) }
        let isOurs = FeedKind(rawValue: first.word) != nil
        let index = try first.index(
            among: kinds.map(\.rawValue), in: file, isOurs: isOurs,
            "tells nothing of \(world.rawValue)")
        (self.world, self.kind, self.resolve) = (world, kinds[index], resolve)
        fields = try Fields(node, known: [first.word] + Self.options, file: file)
    }

    func settings() throws(DocumentError) -> FeedSettings {
        var settings = FeedSettings(
            name: try fields.string("name") ?? kind.rawValue, kind: kind, worlds: [world],
            url: try fields.address(kind.rawValue), token: try fields.secret("token", resolve),
            deadline: try fields.duration("deadline") ?? .seconds(10))
        settings.user = try fields.string("user")
        settings.password = try fields.secret("password", resolve)
        settings.datacenter = try fields.string("datacenter")
        settings.prefix = try fields.string("prefix")
        settings.tenant = try fields.string("tenant")
        settings.job = try fields.string("job")
        settings.honorsLabels = try fields.flag("honor_labels") ?? false
        settings.authorityFile = try fields.path("ca")
        settings.certificateFile = try fields.path("certificate")
        settings.keyFile = try fields.path("key")
        settings.interval = try fields.duration("interval")
        settings.budget = try budget()
        return settings
    }

    private func budget() throws(DocumentError) -> Double? {
        guard let text = try fields.string("budget") else { return nil }
        guard let budget = Double(text), budget > 0, budget.isFinite else {
            throw fields.error("budget", "\"budget\" is requests per second, as in 5 or 0.5")
        }
        return budget
    }
}
