// ReceiverEntry: one entry under `notify`: its first key says how a receiver is told, and where.
import Events
import Patterns
import Wording

/// Reads `- webhook: http://pager:9000/hook`, `- command: [/usr/bin/page, --loud]`, `- bell: true`.
struct ReceiverEntry {
    private static let kinds = ["webhook", "command", "alertmanager", "bell", "desktop"]
    private static let choice = ["name", "severity", "matchers"]
    private static let pace = ["group_by", "group_wait", "group_interval", "repeat_interval"]
    private static let access = ["deadline", "token", "ca", "certificate", "key"]

    private let kind: String
    private let file: String
    private let fields: Fields
    private let resolve: ConfigurationReader.Resolve

    init(
        _ node: Node, file: String, _ resolve: @escaping ConfigurationReader.Resolve
    ) throws(DocumentError) {
        let first = try FirstKey(
            of: node, in: file,
            expecting: "`KIND: TARGET`, as in `- webhook: http://pager:9000`")
        try first.index(among: Self.kinds, in: file, "is no way to tell anybody")
        (kind, self.file, self.resolve) = (first.word, file, resolve)
        fields = try Fields(node, known: [first.word] + Self.options(of: first.word), file: file)
    }

    private static func options(of kind: String) -> [String] {
        switch kind {
        case "webhook": choice + pace + access
        case "command": choice + pace + ["deadline"]
        // It groups and repeats itself.
        case "alertmanager": choice + access
        default: choice + pace
        }
    }

    func settings() throws(DocumentError) -> ReceiverSettings {
        var settings = ReceiverSettings(name: try name(), try channel())
        settings.severity = try severity() ?? settings.severity
        settings.matchers = try matchers()
        settings.groupBy = try groupBy() ?? settings.groupBy
        settings.groupWait = try span("group_wait") ?? settings.groupWait
        settings.groupInterval = try span("group_interval") ?? settings.groupInterval
        if let text = try fields.string("repeat_interval") {
            settings.repeatInterval =
                text == "never" ? nil : try fields.duration("repeat_interval")
        }
        settings.token = try fields.secret("token", resolve)
        settings.deadline = try fields.duration("deadline") ?? settings.deadline
        settings.authorityFile = try fields.path("ca")
        settings.certificateFile = try fields.path("certificate")
        settings.keyFile = try fields.path("key")
        return settings
    }

    private func name() throws(DocumentError) -> String {
        guard let name = try fields.string("name") else { return kind }
        guard !name.isEmpty else { throw fields.error("name", "a receiver's name is not empty") }
        return name
    }

    private func channel() throws(DocumentError) -> ReceiverSettings.Channel {
        switch kind {
        case "webhook": return .webhook(try address())
        case "alertmanager":
            let url = try address().revealed
            return .alertmanager(Secret(url.hasSuffix("/") ? String(url.dropLast()) : url))
        case "command": return .command(try command())
        default:
            guard try fields.flag(kind) == true else {
                throw fields.error(kind, "write `\(kind): true`, or leave this receiver out")
            }
            return kind == "bell" ? .bell : .desktop
        }
    }

    /// An address, or a reference to one that is a secret itself.
    private func address() throws(DocumentError) -> Secret {
        guard SecretReference(try fields.required(kind)) != nil else { return try plainAddress() }
        guard let url = try fields.secret(kind, resolve) else { return Secret("") }
        guard ["http://", "https://"].contains(where: url.revealed.hasPrefix) else {
            throw fields.error(
                kind, "what this refers to is no address: it begins with http:// or https://")
        }
        return url
    }

    private func plainAddress() throws(DocumentError) -> Secret {
        let text = try fields.required(kind)
        guard !text.contains("?"), !text.contains("@") else {
            throw fields.error(
                kind,
                "what follows a ? or stands before an @ may be a secret; "
                    + "write `\(kind): env:NAME`, and the whole address there")
        }
        let url = try fields.address(kind)
        guard !url.lowercased().hasPrefix("consul://") else {
            throw fields.error(
                kind, "a receiver is not looked up in a registry; write http://HOST:PORT/PATH")
        }
        return Secret(url)
    }

    private func command() throws(DocumentError) -> [String] {
        if case .scalar = fields[kind]?.content {
            throw fields.error(
                kind,
                "a command is a list of the program and its arguments, as in [/usr/bin/page, --loud]"
            )
        }
        let words = try texts(kind, of: "the program and its arguments")
        guard words.first?.isEmpty == false else {
            throw fields.error(kind, "the command names no program")
        }
        return words
    }

    private func severity() throws(DocumentError) -> Severity? {
        guard let text = try fields.string("severity") else { return nil }
        guard let severity = Severity(rawValue: text) else {
            throw fields.error(
                "severity", "\"severity\" is the least that is told: info, warning or critical")
        }
        return severity
    }

    private func matchers() throws(DocumentError) -> [LabelMatcher] {
        var matchers: [LabelMatcher] = []
        for text in try texts("matchers", of: "conditions, as in [team=shop, env!=test]") {
            do {
                matchers += try LabelMatcher.parse(text)
            } catch {
                throw fields.error("matchers", "\(error)")
            }
        }
        for matcher in matchers where matcher.isRegex {
            do {
                _ = try Pattern(matcher.value)
            } catch {
                throw fields.error("matchers", "\(error)")
            }
        }
        return matchers
    }

    /// `[...]` is each alert by itself; an empty list is all of them together.
    private func groupBy() throws(DocumentError) -> [String]? {
        guard fields["group_by"] != nil else { return nil }
        let names = try texts("group_by", of: "labels, as in [alertname, service]")
        guard !names.contains(ReceiverSettings.everyLabel) || names.count == 1 else {
            throw fields.error("group_by", "... is every label: nothing else stands beside it")
        }
        return names
    }

    /// A duration that may be nothing.
    private func span(_ key: String) throws(DocumentError) -> Duration? {
        try fields.string(key) == "0s" ? .zero : try fields.duration(key)
    }

    private func texts(_ key: String, of what: String) throws(DocumentError) -> [String] {
        guard fields[key] != nil else { return [] }
        var texts: [String] = []
        for node in try fields.list(key) {
            guard case .scalar(let text, _) = node.content else {
                throw DocumentError(file, node.place, "\"\(key)\" is a list of \(what)")
            }
            texts.append(text)
        }
        return texts
    }
}
