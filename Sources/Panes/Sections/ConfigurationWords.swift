// ConfigurationWords: which versions of a configuration run, in a few words.
import Drawing
import Events
import Wording
import WorldModel

enum ConfigurationWords {
    /// `v42`, or `v42 9, v41 3` where some instances are behind.
    static func running(_ service: String, _ scene: Scene) -> [Span] {
        let environment = scene.world.environment
        let keys = scene.world.config.of(service, in: environment)
        // Of keys for other environments, the one that somebody runs.
        let key =
            keys.first { $0.entry.environment == environment }
            ?? keys.first { $0.isReadable && !scene.world.running($0).isEmpty } ?? keys.first
        guard let key else { return [] }
        let counts = counts(key, scene)
        guard counts.contains(where: { !$0.isCurrent }) else {
            return [Span(key.versionName, .muted)]
        }
        return counts.enumerated().flatMap { index, version in
            let separator = index == 0 ? [] : [Span(", ", .muted)]
            let words = "\(version.name) \(grouped(version.count))"
            return separator + [Span(words, version.isCurrent ? .text : .warning)]
        }
    }

    /// `12 run v42, 3 run v41`.
    static func sentence(_ key: Configuration, _ scene: Scene) -> [Span] {
        let counts = counts(key, scene)
        return counts.enumerated().flatMap { index, version in
            let separator = index == 0 ? [] : [Span(", ", .muted)]
            let verb = version.count == 1 ? "runs" : "run"
            let who = version.count == 1 && !version.isCurrent ? version.first : nil
            let words = "\(who ?? grouped(version.count)) \(verb) \(version.name)"
            return separator + [Span(words, version.isCurrent ? .muted : .warning)]
        }
    }

    private struct Version {
        var name: String
        var isCurrent: Bool
        var first: String
        var count: Int
    }

    /// The current version first, then the one that most run.
    private static func counts(_ key: Configuration, _ scene: Scene) -> [Version] {
        var counts: [String: Version] = [:]
        for one in scene.world.running(key) {
            let isCurrent = key.isRunning(one.version)
            let name = isCurrent ? key.versionName : key.name(of: one.version)
            let known = counts[name]
            counts[name] = Version(
                name: name, isCurrent: isCurrent, first: known?.first ?? one.instance,
                count: (known?.count ?? 0) + 1)
        }
        return counts.values.sorted {
            if $0.isCurrent != $1.isCurrent { return $0.isCurrent }
            return $0.count == $1.count ? $0.name < $1.name : $0.count > $1.count
        }
    }

    /// `timeout_ms 2000 → 200`.
    static func difference(
        _ change: (name: String, before: String?, after: String?), _ glyphs: Glyphs
    ) -> [Span] {
        [
            Span("\(change.name)  ", .text),
            Span(change.before?.firstLine ?? "not set", .muted),
            Span(" \(glyphs.becomes) ", .faint),
            Span(change.after?.firstLine ?? "gone", .warning),
        ]
    }
}

extension Configuration {
    /// What people called an older version.
    fileprivate func name(of version: String) -> String {
        history.first { $0.version == version || $0.label == version }?.name ?? version
    }
}
