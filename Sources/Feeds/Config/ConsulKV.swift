// ConsulKV: Consul's keys as configuration, told as they change.
package import Events
import FoundationEssentials
package import Network

/// Watches all keys under a prefix with one blocking query.
///
/// Deletes do not raise any key's ModifyIndex, and a restore wakes the query with what was there
/// before: so each answer is held against the last one, key by key.
package struct ConsulConfig: Feed {
    package let source: FeedSource
    private let consul: ConsulServer
    private let prefix: String
    private let interval: Duration?

    package init(
        settings: FeedSettings, source: FeedSource, client: any HTTPClient,
        resolver: any ServiceResolver
    ) {
        self.source = source
        consul = ConsulServer(settings, client: client, resolver: resolver)
        prefix = settings.prefix ?? "config/"
        interval = settings.interval
    }

    package func run(_ output: any FeedOutput) async throws {
        var known: [String: ConfigEntry]?
        var loop = ConsulLoop(.catalog, interval: interval)
        var isStale = false
        while true {
            if loop.rest > .zero { try await output.pause(for: loop.rest) }
            let asked = output.now
            let (index, wasStale, before) = (loop.index.value, isStale, known ?? [:])
            let reading = try await persisting(output) { tries in
                try await entries(
                    index: tries == 0 ? index : nil, isStale: wasStale, known: before)
            }
            let answer = reading.answer
            isStale = answer.isStale && (answer.lostLeader || !answer.hearsLeader)
            if loop.answered(answer, asked: asked, now: output.now) == .fellBack {
                // A former life's index: what is true now is asked for without one.
                loop.forget()
            }
            await tell(reading.value, known, output)
            known = reading.value
            await output.answered(note(reading.value.count, answer, isStale))
        }
    }

    private func tell(
        _ now: [String: ConfigEntry], _ known: [String: ConfigEntry]?, _ output: any FeedOutput
    ) async {
        guard let known else {
            let entries = now.values.sorted { $0.key < $1.key }
            return await output.emit(.config(source.id, .listed(entries)))
        }
        let changed = now.values.filter { known[$0.key] != $0 }.sorted { $0.key < $1.key }
        let gone = known.keys.filter { now[$0] == nil }.sorted()
        guard !changed.isEmpty || !gone.isEmpty else { return }
        await output.emit(.config(source.id, .changed(changed, gone: gone)))
    }

    private func note(_ count: Int, _ answer: ConsulAnswer, _ isStale: Bool) -> String {
        var parts = ["\(count) key\(count == 1 ? "" : "s") under \(prefix)"]
        if isStale { parts.append("stale reads, there is no leader") }
        if answer.isFiltered { parts.append("only a part, ACLs hide the rest") }
        return parts.joined(separator: "; ")
    }
}

extension ConsulConfig {
    /// All keys under the prefix; a 404 says that there is none.
    private func entries(
        index: UInt64?, isStale: Bool, known: [String: ConfigEntry]
    ) async throws(FeedError) -> ConsulReading<[String: ConfigEntry]> {
        let path = "/v1/kv/\(prefix.keyPath)"
        let answer = try await consul.ask(path, ["recurse"], index: index, isStale: isStale)
        if answer.status == 404, answer.index != nil {
            guard !answer.isDeniedByDefault || consul.hasToken else {
                throw .refused(
                    address: consul.server.address, path: path, status: 403,
                    words: "its policy is to deny, and we have no token")
            }
            return ConsulReading(value: [:], answer: answer)
        }
        let entries = try consul.read(answer, from: path) { (scanner) throws(JSONError) in
            guard try scanner.kind() == .array else { throw scanner.error("should begin an array") }
            var entries: [String: ConfigEntry] = [:]
            try scanner.array { (scanner) throws(JSONError) in
                // Within one life of the store its index tells what did not change.
                let entry = try entry(&scanner, known: index == nil ? [:] : known)
                entries[entry.key] = entry
            }
            return entries
        }
        return ConsulReading(value: entries, answer: answer)
    }

    private func entry(
        _ scanner: inout JSONScanner, known: [String: ConfigEntry]
    ) throws(JSONError) -> ConfigEntry {
        let stored = try StoredKey(&scanner)
        let version = String(stored.modified)
        if let same = known[stored.key], same.version == version { return same }
        guard let bytes = Data(base64Encoded: stored.value) else {
            // One value that cannot be read hides no other key, nor its own version.
            let owner = ConfigValue.owner(of: stored.key, prefix: prefix)
            return ConfigEntry(
                key: stored.key, service: owner?.service, environment: owner?.environment,
                version: version, digest: ConfigValue.digest(Array(stored.value.utf8)))
        }
        return ConfigValue.entry(
            key: stored.key, prefix: prefix, value: Array(bytes), version: version,
            flags: stored.flags)
    }
}

/// A key as Consul lists it.
private struct StoredKey {
    var key = ""
    /// In base64.
    var value = ""
    var flags: UInt64 = 0
    var modified: UInt64 = 0

    /// Out of line: within another function it takes the optimiser a second.
    @inline(never)
    init(_ scanner: inout JSONScanner) throws(JSONError) {
        let start = scanner.offset
        try scanner.object { (field, scanner) throws(JSONError) in
            switch field {
            case "Key": key = try scanner.string()
            case "Value": value = try scanner.string()
            case "Flags": flags = try scanner.unsigned()
            case "ModifyIndex": modified = try scanner.unsigned()
            default: try scanner.skip()
            }
        }
        guard !key.isEmpty, modified > 0 else {
            throw JSONError(offset: start, reason: "begins a key without Key or ModifyIndex")
        }
    }
}
