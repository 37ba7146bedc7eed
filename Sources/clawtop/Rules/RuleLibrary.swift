// RuleLibrary: which rule files are used, and what stands in them now.
import Alerting
import DefaultRules
import Engine
import FoundationEssentials
import Glibc
import Settings

/// Rule files by name or pattern, and the rules that clawtop brings along.
struct RuleLibrary: Equatable, Sendable {
    /// Paths; `*`, `?` and `[…]` stand for what is there when they are read.
    var patterns: [String] = []
    var usesDefaults = true
    /// The engines that groups may name as their source.
    var sources = RuleSourceNames()

    /// Patterns as the configuration `file` gives them, relative to its folder.
    init(
        patterns: [String] = [], of file: String = "", usesDefaults: Bool = true,
        sources: RuleSourceNames = RuleSourceNames()
    ) {
        let folder =
            file.contains("/") ? String(file[...(file.lastIndex(of: "/") ?? file.startIndex)]) : ""
        self.patterns = patterns.map { $0.hasPrefix("/") ? $0 : folder + $0 }
        (self.usesDefaults, self.sources) = (usesDefaults, sources)
    }

    /// The rules that a configuration names.
    init(_ configuration: Configuration, in file: String) {
        self.init(
            patterns: configuration.rules, of: file,
            usesDefaults: configuration.usesDefaultRules,
            sources: RuleSourceNames(configuration.feeds))
    }

    /// The files that are there now, in order; one that is named without a pattern always.
    var files: [String] {
        var seen: Set<String> = []
        return patterns.flatMap(Self.matches).filter { seen.insert($0).inserted }
    }

    /// What stands in the files; a broken one keeps what it held in `earlier`, and is said.
    func read(keeping earlier: RuleSet = RuleSet()) -> RuleSet {
        var set = RuleSet()
        if usesDefaults {
            add(
                String(decoding: DefaultRules.yaml, as: UTF8.self), DefaultRules.file, to: &set,
                earlier)
        }
        for file in files {
            do {
                add(try readText(file), file, to: &set, earlier)
            } catch {
                keep(file, of: earlier, in: &set, because: ["\(error)"])
            }
        }
        return set
    }

    /// Files that are whole, and hold nothing any more: a slip of the hand should not be silent.
    static func lost(from earlier: RuleSet, in set: RuleSet) -> [String] {
        let files = Set(set.groups.map(\.file))
        var told: Set<String> = []
        return earlier.groups.map(\.file).filter { !files.contains($0) && told.insert($0).inserted }
            .map { "\($0): holds no rules any more; those it held are gone" }
    }

    /// How many rules the files hold, and all that is wrong in them.
    func check() -> (count: Int, problems: [String]) {
        var (count, problems) = (0, [String]())
        for file in files {
            do {
                let read = RuleFile.read(try readText(file), file: file, sources: sources)
                count += read.ruleCount
                problems += read.problems.map(\.description)
            } catch {
                problems.append("\(error)")
            }
        }
        return (count, problems)
    }

    /// By file.
    typealias Stamp = [String: FileStamp]

    /// Changes when a file does.
    var stamp: Stamp {
        Dictionary(files.map { ($0, FileStamp(of: $0)) }) { first, _ in first }
    }

    private func add(
        _ text: String, _ file: String, to set: inout RuleSet, _ earlier: RuleSet
    ) {
        let read = RuleFile.read(text, file: file, sources: sources)
        guard read.problems.isEmpty else {
            return keep(
                file, of: earlier, in: &set, because: read.problems.map(\.description))
        }
        set.groups += read.groups
    }

    private func keep(
        _ file: String, of earlier: RuleSet, in set: inout RuleSet, because problems: [String]
    ) {
        let groups = earlier.groups.filter { $0.file == file }
        set.groups += groups
        let consequence = groups.isEmpty ? "its rules are not used" : "its rules of before go on"
        set.problems += problems.map { "\($0); \(consequence)" }
    }

    private static func matches(_ pattern: String) -> [String] {
        guard pattern.contains(where: { "*?[".contains($0) }) else { return [pattern] }
        return paths(matching: pattern, in: ".")
    }
}
