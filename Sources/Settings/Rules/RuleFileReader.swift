// RuleFileReader: a rule file's text turned into groups.
import Alerting
import Events
import PromQL

extension RuleFile {
    /// Reads a rule file in Prometheus' format.
    ///
    /// Only its first document counts, as in Prometheus. A group may name its `source`, which is a key
    /// of clawtop's own; where `sources` is given it must be one of these.
    /// Source: <https://prometheus.io/docs/prometheus/latest/configuration/recording_rules/>.
    package static func read(
        _ text: String, file: String, ignoresUnknownFields: Bool = false,
        sources: RuleSourceNames? = nil
    ) -> RuleFile {
        do throws(DocumentError) {
            let root = try Node(yaml: text, file: file, .first)
            var reader = RuleFileReader(
                file, ignoresUnknownFields: ignoresUnknownFields, sources: sources)
            let groups = reader.groups(root)
            let problems = reader.allProblems
            return RuleFile(groups: problems.isEmpty ? groups : [], problems: problems)
        } catch {
            return RuleFile(problems: [RuleFileProblem(error)])
        }
    }
}

/// Reads one file.
struct RuleFileReader {
    let file: String
    let sources: RuleSourceNames?
    var values: Unmarshalling
    var problems: [RuleFileProblem] = []

    init(_ file: String, ignoresUnknownFields: Bool, sources: RuleSourceNames?) {
        (self.file, self.sources) = (file, sources)
        values = Unmarshalling(ignoresUnknownFields: ignoresUnknownFields)
    }

    /// Values that do not fit their types are one problem, and hide what else is wrong.
    var allProblems: [RuleFileProblem] {
        values.problem(in: file).map { [$0] } ?? problems
    }

    mutating func groups(_ root: Node) -> [RuleGroup] {
        let fields = values.fields(root, of: "rulefmt.RuleGroups", known: ["groups"])
        var names: Set<String> = []
        return values.listWithoutNulls(fields["groups"], of: "rulefmt.RuleGroup").map { node in
            let group = group(node)
            if group.name.isEmpty {
                problems.append(
                    RuleFileProblem(file, "Groupname must not be empty", at: [node.place]))
            }
            if !names.insert(group.name).inserted {
                let message = "groupname: \"\(group.name)\" is repeated in the same file"
                problems.append(RuleFileProblem(file, message, at: [node.place]))
            }
            return group
        }
    }

    private mutating func group(_ node: Node) -> RuleGroup {
        let fields = values.fields(
            node, of: "rulefmt.RuleGroup",
            known: ["name", "interval", "query_offset", "limit", "rules", "labels", "source"])
        let name = values.string(fields["name"])
        let labels = values.stringsByName(fields["labels"])
        for label in labels.keys.sorted() where !label.isLabelName {
            problems.append(RuleFileProblem(file, "invalid label name: \(label)"))
        }
        let interval = duration(fields["interval"])
        var group = RuleGroup(
            name: name, file: file, interval: interval == .zero ? nil : interval,
            limit: values.integer(fields["limit"]),
            queryOffset: duration(fields["query_offset"]),
            source: source(fields["source"]), rules: [])
        let rules = values.listWithoutNulls(fields["rules"], of: "rulefmt.Rule")
        for (index, node) in rules.enumerated() {
            var reader = RuleReader(values, file: file, node: node)
            let rule = reader.rule(labels: labels)
            if let rule { group.rules.append(rule) }
            values = reader.values
            problems += reader.problems(in: name, number: index + 1)
        }
        return group
    }

    private mutating func source(_ node: Node?) -> String? {
        guard let node, !node.isNull else { return nil }
        let name = values.string(node)
        guard let sources else { return name }
        do throws(UnknownSource) {
            return try sources.name(of: name)
        } catch {
            problems.append(RuleFileProblem(file, error.description, at: [node.place]))
            return name
        }
    }

    private mutating func duration(_ node: Node?) -> Duration {
        do throws(RuleFileProblem) {
            return try values.duration(node, file: file)
        } catch {
            problems.append(error)
            return .zero
        }
    }
}

extension Unmarshalling {
    /// A duration as Prometheus writes it; zero where there is none.
    mutating func duration(_ node: Node?, file: String) throws(RuleFileProblem) -> Duration {
        guard let node, !node.isNull else { return .zero }
        do throws(DurationLiteralError) {
            return try Duration(literal: string(node))
        } catch {
            throw RuleFileProblem(file, error.description, at: [node.place])
        }
    }
}

extension String {
    /// Whether rules may give a label this name: any text but the metric's own name.
    var isLabelName: Bool { !isEmpty && self != Labels.nameLabel }
}
