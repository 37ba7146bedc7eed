// AlertMemoryFile: alerts kept for the next run.
import Alerting
import Events
import FoundationEssentials

/// The alerts of the last run with one configuration, in a file of its own: another one's alerts are of
/// other services.
struct AlertMemoryFile: Sendable {
    /// So long a file is kept that nobody has written to.
    private static let age: TimeInterval = 86_400

    private let folder: String
    private let path: String

    init(_ places: Places, of plan: WatchPlan) {
        folder = places.memories
        path = "\(folder)/\(plan.identity).json"
    }

    /// What was kept; nothing where there is no such file, or one of another version.
    ///
    /// Files of configurations that nobody runs any more are removed meanwhile.
    func read() -> [AlertMemory] {
        removeOld()
        guard let bytes = FileManager.default.contents(atPath: path) else { return [] }
        return (try? JSONDecoder().decode([AlertMemory].self, from: bytes)) ?? []
    }

    /// Alerts start anew where this fails: nothing else depends on it.
    func keep(_ memories: [AlertMemory]) {
        guard let bytes = try? JSONEncoder().encode(memories) else { return }
        try? FileManager.default.createDirectory(
            atPath: folder, withIntermediateDirectories: true,
            attributes: [.posixPermissions: 0o700])
        try? bytes.write(to: URL(filePath: path), options: .atomic)
        try? FileManager.default.setAttributes([.posixPermissions: 0o600], ofItemAtPath: path)
    }

    private func removeOld() {
        let now = Date()
        let files = FileManager.default
        for name in (try? files.contentsOfDirectory(atPath: folder)) ?? [] {
            let old = "\(folder)/\(name)"
            let written = try? files.attributesOfItem(atPath: old)[.modificationDate] as? Date
            if let written, now.timeIntervalSince(written) > Self.age {
                try? files.removeItem(atPath: old)
            }
        }
    }
}

extension WatchPlan {
    /// The same for the same environment and configuration, whatever is changed in it; without one, for
    /// the same sources.
    fileprivate var identity: String {
        let sources = feeds.map { "\($0.name) \($0.kind) \($0.url) \($0.datacenter ?? "")" }
        let file = file.map { URL(filePath: $0).standardizedFileURL.path }
        return Labels([
            "environment": environment, "from": file ?? sources.joined(separator: "\n"),
        ]).fingerprint
    }
}
