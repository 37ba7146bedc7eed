// ConfigurationReader: the YAML file turned into a configuration, or into all its errors.
package import Events
import Wording

/// What reading a file comes to: the parts that are right, and what is wrong with the others.
package struct ConfigurationReading: Sendable {
    package var configuration = Configuration()
    package var problems: [DocumentError] = []
}

/// Reads one configuration.
package struct ConfigurationReader {
    package typealias Resolve = (SecretReference) throws(SecretError) -> Secret

    /// What is read: a script that acknowledges needs no secret of a feed, and no feed, and a demo
    /// nothing but rules.
    package enum Parts: Sendable {
        case all, acknowledgement, rules
    }

    private let file: String
    private let themes: [String]
    private let parts: Parts
    private let resolve: Resolve
    private var reading = ConfigurationReading()
    /// The names that are taken, and the number that was last tried behind each.
    private var numbers: [Name: Int] = [:]

    private struct Name: Hashable {
        var worlds: [WatchedWorld]
        var text: String
    }

    /// Reads `text`; `themes` are the known names, `resolve` reads secrets.
    package static func read(
        _ text: String, file: String, themes: [String], parts: Parts = .all,
        resolve: @escaping Resolve
    ) -> ConfigurationReading {
        var reader = ConfigurationReader(
            file: file, themes: themes, parts: parts, resolve: resolve)
        reader.read(text)
        return reader.reading
    }

    private init(
        file: String, themes: [String], parts: Parts, resolve: @escaping Resolve
    ) {
        (self.file, self.themes, self.parts, self.resolve) = (file, themes, parts, resolve)
    }

    private mutating func read(_ text: String) {
        do {
            let root = try Node(yaml: text, file: file)
            let fields = try Fields(
                root,
                known: [
                    "environment", "theme", "feeds", "rules", "default_rules", "store",
                    "acknowledgement", "read_only", "notify",
                ], file: file)
            reading.configuration.environment = try fields.string("environment") ?? ""
            switch parts {
            case .all:
                try read(acknowledgement: fields)
                try read(notify: fields)
                if let feeds = fields["feeds"] { try read(feeds: feeds) }
                try read(theme: fields)
                try read(rules: fields)
            case .acknowledgement: try read(acknowledgement: fields)
            case .rules: try read(rules: fields)
            }
        } catch {
            reading.problems.append(error)
        }
    }

    private mutating func read(theme fields: Fields) throws(DocumentError) {
        guard let node = fields["theme"], let name = try fields.string("theme") else { return }
        guard themes.contains(name) else {
            let known = themes.joined(separator: ", ")
            let hint = suggestion(for: name, among: themes)
            let word = hint.isEmpty ? "of that name" : "\"\(name)\"\(hint)"
            throw DocumentError(file, node.place, "no theme \(word); there are \(known)")
        }
        reading.configuration.theme = name
    }

    private mutating func read(rules fields: Fields) throws(DocumentError) {
        for node in try fields.list("rules") {
            guard case .scalar(let path, _) = node.content, !path.isEmpty else {
                throw DocumentError(
                    file, node.place, "a rule file is a path, as in rules/*.yaml")
            }
            reading.configuration.rules.append(path)
        }
        reading.configuration.usesDefaultRules = try fields.flag("default_rules") ?? true
    }

    private mutating func read(acknowledgement fields: Fields) throws(DocumentError) {
        if let node = fields["store"] {
            reading.configuration.store = try StoreEntry(node, file: file, resolve).settings()
        }
        if let node = fields["acknowledgement"] {
            reading.configuration.acknowledgement = try AcknowledgementPolicy(node, file: file)
        }
        reading.configuration.isReadOnly = try fields.flag("read_only") ?? false
    }

    private mutating func read(notify fields: Fields) throws(DocumentError) {
        for node in try fields.list("notify") {
            do {
                let receiver = try ReceiverEntry(node, file: file, resolve).settings()
                append(receiver, named: node)
            } catch {
                reading.problems.append(error)
            }
        }
    }

    private mutating func read(feeds: Node) throws(DocumentError) {
        let worlds = try Fields(feeds, known: WatchedWorld.allCases.map(\.rawValue), file: file)
        for world in WatchedWorld.allCases {
            for node in try worlds.list(world.rawValue) {
                do {
                    let feed = try FeedEntry(
                        node, world: world, file: file, resolve: resolve
                    ).settings()
                    append(feed)
                } catch {
                    reading.problems.append(error)
                }
            }
        }
    }

    /// Two feeds of one world never have the same name.
    private mutating func append(_ feed: FeedSettings) {
        var feed = feed
        let wanted = Name(worlds: feed.worlds, text: feed.name)
        while numbers[Name(worlds: feed.worlds, text: feed.name)] != nil {
            let number = numbers[wanted, default: 1] + 1
            numbers[wanted] = number
            feed.name = "\(wanted.text)-\(number)"
        }
        numbers[Name(worlds: feed.worlds, text: feed.name)] = 1
        reading.configuration.feeds.append(feed)
    }

    /// Ledgers know receivers by their names; two that were given the same one are a mistake.
    private mutating func append(_ receiver: ReceiverSettings, named node: Node) {
        var receiver = receiver
        let taken = Set(reading.configuration.receivers.map(\.name))
        guard node.names("name") == false || !taken.contains(receiver.name) else {
            let message =
                "two receivers have this name, and ledgers tell by it who was told; name one differently"
            reading.problems.append(DocumentError(file, node.place, message))
            return
        }
        let name = receiver.name
        var number = 1
        while taken.contains(receiver.name) {
            number += 1
            receiver.name = "\(name)-\(number)"
        }
        reading.configuration.receivers.append(receiver)
    }
}

extension Node {
    /// Whether it is a mapping with this key.
    fileprivate func names(_ key: String) -> Bool {
        guard case .mapping(let entries) = content else { return false }
        return entries.contains { $0.key == key }
    }
}
