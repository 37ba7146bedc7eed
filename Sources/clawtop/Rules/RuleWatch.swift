// RuleWatch: rule files read again when they change, and alerts kept for the next run.
import Alerting
import Engine
import FoundationEssentials

/// Looks at the files every other second, until it is cancelled.
func watchRules(_ library: RuleLibrary, from first: RuleSet, for engine: Engine) async {
    var (rules, stamp) = (first, library.stamp)
    while !Task.isCancelled {
        do { try await Task.sleep(for: .seconds(2)) } catch { return }
        let newest = library.stamp
        guard newest != stamp else { continue }
        stamp = newest
        rules = library.read(keeping: rules)
        engine.use(rules)
    }
}

/// The alerts of the last run, in one file of the state folder.
struct AlertMemoryFile: Sendable {
    let path: String

    /// What was kept; nothing where there is no such file, or one of another version.
    var memories: [AlertMemory] {
        guard let bytes = FileManager.default.contents(atPath: path) else { return [] }
        return (try? JSONDecoder().decode([AlertMemory].self, from: bytes)) ?? []
    }

    /// Alerts start anew where this fails: nothing else depends on it.
    func keep(_ memories: [AlertMemory]) {
        guard let bytes = try? JSONEncoder().encode(memories) else { return }
        try? bytes.write(to: URL(filePath: path), options: .atomic)
        try? FileManager.default.setAttributes([.posixPermissions: 0o600], ofItemAtPath: path)
    }
}
